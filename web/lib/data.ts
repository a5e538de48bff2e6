// Server state in components: a query is kept and refreshed, a command refreshes what it may have changed.

import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Operation } from '#http/contract.ts';
import { newId } from '#kernel/id.ts';
import { type ApiProblem, call, type Input, type Reply, upload } from './api.ts';
import { useTenant } from './tenant.ts';

/** Reads an operation and keeps the answer; `enabled: false` waits. */
export function useRead<O extends Operation>(
  operation: O,
  input: Input<O> = {},
  options: {
    readonly enabled?: boolean;
    /** How often to ask again; a function says so by the last answer, and `false` ends it. */
    readonly refreshMs?: number | ((last: Reply<O> | undefined) => number | false);
  } = {},
): UseQueryResult<Reply<O>, ApiProblem> {
  const tenant = useTenant();
  const { refreshMs } = options;
  return useQuery<Reply<O>, ApiProblem>({
    queryKey: [tenant, operation.id, input.params ?? {}, input.query ?? {}, input.body ?? {}],
    queryFn: ({ signal }) => call(operation, input, { tenant, signal }),
    enabled: options.enabled ?? true,
    placeholderData: (before) => before,
    ...(refreshMs === undefined
      ? {}
      : {
          refetchInterval: typeof refreshMs === 'number' ? refreshMs : (query) => refreshMs(query.state.data),
        }),
  });
}

/** Keys are pressed faster than a server should be asked what would happen. */
const REHEARSAL_PAUSE_MS = 350;

/** Rows of a page: some screens full, so that one scrolls without waiting. */
const PAGE_ROWS = 100;
/** Lists of which more was read are not read again merely because one comes back to the window. */
const PAGES_READ_AGAIN_MAX = 3;

/** A list that is read page by page, as far as reading on needs it. */
export type MorePages = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
};

/** Reads the next rows of a list whose end came into view, unless it reads them already or has them all. */
export function readOn(pages: MorePages): void {
  if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
}

type Page = { readonly rows: readonly unknown[]; readonly next: string | null };

/** Reads a list page by page as the reader scrolls. */
export function usePages<O extends Operation>(
  operation: O,
  input: Input<O> = {},
  options: {
    readonly enabled?: boolean;
    /** How often all that was read is asked for again; by the pages read so far, `false` for not any more. */
    readonly refreshMs?: (read: InfiniteData<Reply<O>> | undefined) => number | false;
  } = {},
): UseInfiniteQueryResult<InfiniteData<Reply<O>>, ApiProblem> {
  const tenant = useTenant();
  const { refreshMs } = options;
  return useInfiniteQuery<
    Reply<O>,
    ApiProblem,
    InfiniteData<Reply<O>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: [tenant, operation.id, 'pages', input.params ?? {}, input.query ?? {}],
    queryFn: ({ pageParam, signal }) =>
      call(
        operation,
        {
          ...input,
          query: {
            limit: PAGE_ROWS,
            ...(input.query as object),
            ...(pageParam === undefined ? {} : { after: pageParam }),
          },
        } as Input<O>,
        {
          tenant,
          signal,
        },
      ),
    enabled: options.enabled ?? true,
    // Comparing thousands of rows deeply at each page would cost more than drawing them.
    structuralSharing: false,
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= PAGES_READ_AGAIN_MAX,
    ...(refreshMs === undefined ? {} : { refetchInterval: (query) => refreshMs(query.state.data) }),
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as Page).next ?? undefined,
    placeholderData: (before) => before,
  });
}

/** All rows that the pages read so far hold. */
export function rowsOf<Row>(
  pages: { readonly pages: readonly { readonly rows: readonly Row[] }[] } | undefined,
): readonly Row[] {
  return pages?.pages.flatMap((page) => page.rows) ?? [];
}

/** Refusals that say that something is not as it was shown: gone (404, 410), or in another state (409, 412). */
const OUTDATED: ReadonlySet<number> = new Set([404, 409, 410, 412]);

/** How long nothing more is changed before what a command need not refresh at once is refreshed. */
const REFRESH_PAUSE_MS = 1_500;

/**
 * A change. The command id of an input stays the same until it succeeded, so that pressing the button again after a lost answer
 * acts once. `rehearse` shows what would happen. All that is shown is read again after it, and after a refusal because something is
 * not as it was shown; where one change follows another
 * quickly, at once only what names one of the ids that `touched` gives, and the rest when nothing more is changed.
 */
export function useCommand<O extends Operation>(
  operation: O,
  options: { readonly touched?: (reply: Reply<O>) => readonly string[] } = {},
) {
  const tenant = useTenant();
  const client = useQueryClient();
  const intentions = useRef(new Map<string, string>());
  const idFor = (input: Input<O>): string => {
    const text = JSON.stringify(input);
    const id = intentions.current.get(text) ?? newId();
    intentions.current.set(text, id);
    return id;
  };
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const all = () => client.invalidateQueries({ queryKey: [tenant] });
  const refresh = (reply: Reply<O>): void => {
    clearTimeout(rest.current);
    if (options.touched === undefined) {
      void all();
      return;
    }
    const ids = options.touched(reply);
    const isTouched = (data: unknown): boolean => {
      const text = JSON.stringify(data ?? null);
      return ids.some((id) => text.includes(id));
    };
    void client.invalidateQueries({
      predicate: ({ queryKey, state }) => queryKey[0] === tenant && isTouched(state.data),
      type: 'active',
    });
    rest.current = setTimeout(all, REFRESH_PAUSE_MS);
  };
  const mutation = useMutation<Reply<O>, ApiProblem, Input<O>>({
    mutationFn: (input) => call(operation, input, { tenant, commandId: idFor(input) }),
    // Not waited for: a form that goes away with the new figures would never hear that it succeeded.
    onSuccess: (reply, input) => {
      intentions.current.delete(JSON.stringify(input));
      refresh(reply);
    },
    onError: ({ status, message }) => {
      if (!OUTDATED.has(status)) return;
      // Where what is so by now has no place any more for what was pressed, the refusal is still told.
      void all().then(() => {
        if (!isShown.current) notifications.show({ message, color: 'red' });
      });
    },
  });
  const rehearse = (input: Input<O>): Promise<Reply<O>> => call(operation, input, { tenant, rehearse: true });
  return { ...mutation, rehearse };
}

/**
 * What a command would do, asked again as its input rests; nothing is changed by it. A refusal is the answer to the last input.
 */
export function useRehearsal<O extends Operation>(
  operation: O,
  input: Input<O>,
  enabled: boolean,
): UseQueryResult<Reply<O>, ApiProblem> {
  const tenant = useTenant();
  const [text] = useDebouncedValue(JSON.stringify(input), REHEARSAL_PAUSE_MS);
  return useQuery<Reply<O>, ApiProblem>({
    queryKey: [tenant, operation.id, 'rehearsal', text],
    queryFn: ({ signal }) =>
      call(operation, JSON.parse(text) as Input<O>, { tenant, rehearse: true, signal }),
    enabled,
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
}

/** A file with what it is sent for. */
export type Sending<O extends Operation> = {
  readonly input: Input<O>;
  readonly file: File;
  /** Only shows what would happen. */
  readonly rehearse?: boolean;
};

/** Sends a file, and tells how much of it is sent (0 to 1; null when nothing is on its way). Repeated, it acts once. */
export function useUpload<O extends Operation>(operation: O) {
  const tenant = useTenant();
  const client = useQueryClient();
  const intention = useRef<{ file: File; text: string; id: string } | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const idFor = ({ input, file }: Sending<O>): string => {
    const text = JSON.stringify(input);
    if (intention.current?.file !== file || intention.current.text !== text)
      intention.current = { file, text, id: newId() };
    return intention.current.id;
  };
  const mutation = useMutation<Reply<O>, ApiProblem, Sending<O>>({
    mutationFn: (sending) => {
      setShare(0);
      return upload(operation, sending.input, sending.file, {
        tenant,
        ...(sending.rehearse ? { rehearse: true } : { commandId: idFor(sending) }),
        onProgress: setShare,
      });
    },
    onSettled: () => setShare(null),
    onError: ({ status }, { rehearse }) => {
      if (!rehearse && OUTDATED.has(status)) void client.invalidateQueries({ queryKey: [tenant] });
    },
    // Not waited for: a form that goes away with the new figures would never hear that it succeeded.
    onSuccess: (_reply, { rehearse }) => {
      if (rehearse) return;
      intention.current = null;
      void client.invalidateQueries({ queryKey: [tenant] });
    },
  });
  return { ...mutation, share };
}
