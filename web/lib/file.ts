// Files from the server: shown in the page or saved. They are fetched with the tenant's name like any other answer, so a
// link to one cannot lead into another tenant.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Operation } from '#http/contract.ts';
import { ApiProblem, type CallOptions, type Input, pathOf, unreachable } from './api.ts';
import { useTenant } from './tenant.ts';

async function fetchFile<O extends Operation>(
  operation: O,
  input: Input<O>,
  options: CallOptions,
): Promise<{ blob: Blob; name: string }> {
  const isAsked = operation.method === 'POST';
  const response = await fetch(pathOf(operation, input, options), {
    method: operation.method,
    ...(isAsked ? { body: JSON.stringify(input.body) } : {}),
    headers: {
      ...(isAsked ? { 'content-type': 'application/json' } : {}),
      ...(options.tenant ? { 'quittance-tenant': options.tenant } : {}),
    },
    credentials: 'same-origin',
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch(unreachable);
  if (!response.ok)
    throw new ApiProblem(
      response.status,
      (await response.json().catch(() => ({}))) as Record<string, unknown>,
    );
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
  return { blob: await response.blob(), name };
}

/** The address of a file to show in the page (`<iframe src>`); it lives as long as the component. */
export function useFileUrl<O extends Operation>(
  operation: O,
  input: Input<O>,
  enabled = true,
): { readonly url: string | undefined; readonly error: ApiProblem | null } {
  const tenant = useTenant();
  const read = useQuery<{ blob: Blob; name: string }, ApiProblem>({
    queryKey: [tenant, operation.id, 'file', input.params ?? {}, input.query ?? {}, input.body ?? {}],
    queryFn: ({ signal }) => fetchFile(operation, input, { tenant, signal }),
    enabled,
    // The sheet drawn last stays until the next one is there.
    placeholderData: (before) => before,
    // What was asked with a body is of a moment; a thousand states of a form are not to be kept.
    ...(operation.method === 'POST' ? { gcTime: 0, retry: false } : {}),
  });
  const [url, setUrl] = useState<string>();
  const blob = read.data?.blob;
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return { url, error: read.error };
}

/** Fetches a file and hands it to the browser to save. */
export async function saveFile<O extends Operation>(
  operation: O,
  input: Input<O>,
  tenant: string,
): Promise<void> {
  const { blob, name } = await fetchFile(operation, input, { tenant });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
