// The state of a page lives in its address: filters, sorting, what is open. So a link shows what its sender saw, and the
// back button goes back.

import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTenant } from './tenant.ts';

/** The search parameters as texts, and a way to change some of them; an empty text takes one away. */
export function useAddress(): readonly [
  Readonly<Record<string, string>>,
  (change: Readonly<Record<string, string>>) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const navigate = useNavigate();
  const set = useCallback(
    (change: Readonly<Record<string, string>>) => {
      void navigate({
        to: '.',
        search: ((before: Record<string, string>) =>
          Object.fromEntries(
            Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''),
          )) as never,
        replace: true,
      });
    },
    [navigate],
  );
  return [search, set];
}

/** A part of the path, such as `customerId`. */
export function usePathPart(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string>;
  return params[name] ?? '';
}

/** Goes to a page of this tenant: `go('customers/…')`. */
export function useGo(): (path: string) => void {
  const navigate = useNavigate();
  const tenant = useTenant();
  return useCallback(
    (path: string) => void navigate({ to: `/${tenant}/${path}` as never }),
    [navigate, tenant],
  );
}
