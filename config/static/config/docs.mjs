// The interactive description of the API: Swagger UI over our own schema. Requests go out as the person who is signed in.
const place = document.getElementById('api-docs');
const dark = matchMedia('(prefers-color-scheme: dark)');
const dim = () => document.documentElement.classList.toggle('dark-mode', dark.matches); // the name its sheet listens to
const csrf = () => document.querySelector('[name=csrfmiddlewaretoken]').value;

// Its tables of answers call themselves regions, and leave out of what.
new MutationObserver(() => {
  for (const table of place.querySelectorAll('table[role=region]:not([aria-label])')) table.ariaLabel = 'Answers';
}).observe(place, { childList: true, subtree: true });

dim();
dark.addEventListener('change', dim);

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
  // The page has its own heading and says what this is.
  plugins: [() => ({ wrapComponents: { InfoContainer: () => () => null } })],
  requestInterceptor(request) {
    request.headers['X-CSRFToken'] = csrf();
    return request;
  },
  onComplete() {
    place.dataset.ready = '';
  },
});
