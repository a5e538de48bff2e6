// Keeping what is written on the server: a moment after the last key, and at once when asked. The draft's name stands in the
// address, so that going back or another window comes to it.

import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState } from 'react';
import { changeDraft, keepDraft } from '#billing/contract.ts';
import { newId } from '#kernel/id.ts';
import { type ApiProblem, call } from '../../lib/api.ts';
import { useTenant } from '../../lib/tenant.ts';

const PAUSE_MS = 1_200;

export type Saved = {
  readonly draftId: string | undefined;
  readonly state: 'unsaved' | 'saving' | 'saved' | 'failed';
  readonly problem: ApiProblem | null;
  /** Keeps it now; gives the draft and the version that is kept. */
  save(text?: string): Promise<{ readonly draftId: string; readonly version: number }>;
};

/**
 * Keeps `body` (JSON text) as a draft while `isWorthKeeping`. `known` is the draft it was read from. One request at a time, so
 * that a slow one never overtakes a later one.
 */
export function useSavedDraft(
  body: string,
  isWorthKeeping: boolean,
  known: { readonly draftId: string; readonly version: number } | undefined,
  onBegun: (draftId: string) => void,
): Saved {
  const tenant = useTenant();
  const kept = useRef<{ draftId: string; version: number; body: string } | null>(
    known ? { ...known, body } : null,
  );
  const running = useRef<Promise<unknown>>(Promise.resolve());
  const begin = useRef(newId());
  const [state, setState] = useState<Saved['state']>(known ? 'saved' : 'unsaved');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const latest = useRef(body);
  latest.current = body;
  const send = useCallback(
    async (text: string): Promise<{ draftId: string; version: number }> => {
      const before = kept.current;
      if (before?.body === text) return before;
      setState('saving');
      const wanted = JSON.parse(text) as Record<string, never>;
      const done = before
        ? await call(
            changeDraft,
            { params: { draftId: before.draftId }, body: { version: before.version, body: wanted } },
            { tenant, commandId: newId() },
          )
        : await call(keepDraft, { body: { body: wanted } }, { tenant, commandId: begin.current });
      kept.current = { ...done, body: text };
      setState('saved');
      setProblem(null);
      if (!before) onBegun(done.draftId);
      return done;
    },
    [tenant, onBegun],
  );
  const save = useCallback(
    (text?: string): Promise<{ draftId: string; version: number }> => {
      const next = running.current.then(() => send(text ?? latest.current));
      running.current = next.catch((error: ApiProblem) => {
        setState('failed');
        setProblem(error);
      });
      return next;
    },
    [send],
  );
  const [rested] = useDebouncedValue(body, PAUSE_MS);
  useEffect(() => {
    if (isWorthKeeping && rested === latest.current) void save().catch(() => {});
  }, [rested, isWorthKeeping, save]);
  const isKept = kept.current?.body === body;
  return {
    draftId: kept.current?.draftId,
    state: state === 'saved' && !isKept ? 'unsaved' : state,
    problem,
    save,
  };
}
