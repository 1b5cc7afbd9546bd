/** How the pages are built: from src/web into dist/web, where the server finds them. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    sourcemap: true,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        // In one file with what reads schemas, so that its rules are set before the first schema is made.
        advancedChunks: {
          groups: [
            { name: 'first', test: /web[\\/](trusted|markup)\.ts$|node_modules[\\/]zod[\\/]/ },
          ],
        },
      },
    },
  },
})
