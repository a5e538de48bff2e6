import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { me } from '#identity/contract.ts';
import { ApiProblem } from './lib/api.ts';
import { provideRandomUuid } from './lib/random-id.ts';
import { router } from './staff/router.tsx';
import { theme, variables } from './ui/theme.ts';

provideRandomUuid();

// Temporal is not in every browser yet; it is loaded only where it is missing.
if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');

const FRESH_MS = 10_000;

/** A session that has ended shows wherever one is; then it is asked anew who one is, which leads to signing in. */
const cache = new QueryCache({
  onError: (error, query) => {
    if (!(error instanceof ApiProblem) || error.status !== 401 || query.queryKey[1] === me.id) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === me.id });
  },
});

const queries: QueryClient = new QueryClient({
  queryCache: cache,
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only trouble on the way is worth another try.
      retry: (count, error) =>
        count < 2 && error instanceof ApiProblem && (error.status === 0 || error.status >= 502),
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Notifications position="bottom-right" />
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
