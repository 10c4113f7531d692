// What the theme's script expects to find on the search page; the base is two folders above this file.
window.__md_scope = new URL("../../", document.currentScript.src);
window.__md_hash = (text) => [...text].reduce((sum, letter) => ((sum << 5) - sum + letter.charCodeAt(0)) | 0, 0);
window.__md_get = (key, store = sessionStorage, scope = __md_scope) => JSON.parse(store.getItem(scope.pathname + "." + key));
window.__md_set = (key, value, store = sessionStorage, scope = __md_scope) => {
  try {
    store.setItem(scope.pathname + "." + key, JSON.stringify(value));
  } catch {
    return;
  }
};
