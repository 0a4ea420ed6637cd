// The interactive description of the API: Swagger UI over our own schema. Requests go out as the person who is signed in.
const place = document.getElementById('api-docs');
const csrf = () => document.querySelector('[name=csrfmiddlewaretoken]').value;

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers['X-CSRFToken'] = csrf();
    return request;
  },
  onComplete() {
    place.dataset.ready = '';
  },
});
