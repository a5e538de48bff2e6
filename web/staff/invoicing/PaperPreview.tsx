// The paper while it is being written, drawn by the server as it will be printed.

import { Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { previewInvoice } from '#invoicing/contract.ts';
import type { ApiProblem, Input } from '../../lib/api.ts';
import { useFileUrl } from '../../lib/file.ts';
import { Panel } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

/** Drawing takes the server some hundredths of a second; not at each key. */
const PAUSE_MS = 700;

type Body = NonNullable<Input<typeof previewInvoice>['body']>;

/** Why there is nothing to see yet, in words of the form. */
function wantingWords(problem: ApiProblem | null): string {
  if (problem === null || problem.code === 'bad_input')
    return 'The invoice appears here as soon as it has a customer and a line with a price.';
  return problem.message;
}

export function PaperPreview({ body, isReady }: { readonly body: Body; readonly isReady: boolean }) {
  const [asked] = useDebouncedValue(JSON.stringify(body), PAUSE_MS);
  const { url, error } = useFileUrl(previewInvoice, { body: JSON.parse(asked) as Body }, isReady);
  return (
    <Panel title="Preview">
      {isReady && url && !error ? (
        <Sheet url={url} title="Preview of the invoice" />
      ) : isReady && !error ? (
        <Skeleton height={480} />
      ) : (
        <Text size="sm" c="dimmed" role="status">
          {wantingWords(isReady ? error : null)}
        </Text>
      )}
    </Panel>
  );
}
