import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

const api = process.env['FETTLE_API'] ?? 'http://127.0.0.1:8080'

/**
 * `block` instead of `swap`: a machine without a Chinese font would show empty boxes first, and every change of font
 * after the first paint moves lines.
 */
const fontsWithoutSwap: Plugin = {
  name: 'fonts-without-swap',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource-variable.*\.css$/ },
    handler: (code) => ({ code: code.replaceAll('font-display: swap', 'font-display: block'), map: null }),
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [fontsWithoutSwap, react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_500,
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  preview: { proxy: { '/api': { target: api, changeOrigin: false } } },
})
