// Runs before the first paint, so that a chosen theme never flashes the other one. A file of its own because the
// content security policy allows no inline script. The keys are those of src/design/appearance.tsx.
;(function () {
  var stored = null
  var language = null
  try {
    stored = localStorage.getItem('fettle.theme')
    language = localStorage.getItem('fettle.language')
  } catch {
    // Storage is forbidden: the system's preference decides.
  }
  var dark = stored === 'dark' || (stored !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.style.background = dark ? '#0f1518' : '#f4f6f7'
  if (language === 'en') document.documentElement.lang = 'en'
})()
