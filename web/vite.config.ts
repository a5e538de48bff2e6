import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env.QUITTANCE_API ?? 'http://127.0.0.1:4242';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        manualChunks(id: string) {
          if (/node_modules\/(recharts|d3-|victory-vendor|@mantine\/charts)/.test(id)) return 'charts';
          if (/node_modules\//.test(id)) return 'vendor';
          return undefined;
        },
      },
    },
  },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
});
