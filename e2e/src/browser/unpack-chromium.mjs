// Unpacks Chromium, its fonts and its system libraries into TMPDIR. A process of its own, because the package knows no
// other way to be told the folder, nor to hand out the libraries, than the environment of a cloud function.
import chromium from '@sparticuz/chromium'

await chromium.executablePath()
