// The controls that plain forms share with the workspace.
import './date-box.mjs';
import './state-box.mjs';
