import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'

const api = process.env['FETTLE_API'] ?? 'http://127.0.0.1:8080'

const latinFont = /noto-sans-sc-latin-wght-normal-[\w-]+\.woff2$/

/**
 * Text is drawn at once in a font of the machine and changes to ours as its pieces arrive (`font-display: swap` of the
 * package): hidden text would move just as much, only nobody could read it meanwhile. Chinese characters are as wide in
 * every font and line heights are set, so it is figures and Latin letters that would move a line: their piece (25 kB)
 * is fetched before the program, and is there when it draws.
 */
const latinFontFirst: Plugin = {
  name: 'latin-font-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => latinFont.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
          injectTo: 'head',
        })),
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [latinFontFirst, react()],
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
