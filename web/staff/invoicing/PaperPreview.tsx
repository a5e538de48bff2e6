// The paper while it is being written, drawn by the server as it will be printed.

import { Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { previewCreditNote, previewInvoice } from '#invoicing/contract.ts';
import type { ApiProblem, Input } from '../../lib/api.ts';
import { useFileUrl } from '../../lib/file.ts';
import { Panel } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';

/** Drawing takes the server some hundredths of a second; not at each key. */
const PAUSE_MS = 700;

type Preview = typeof previewInvoice | typeof previewCreditNote;

type PaperPreviewProps<O extends Preview> = {
  readonly operation: O;
  /** What is written: an invoice, say. */
  readonly what: string;
  /** What to do before there is something to see. */
  readonly wants: string;
  readonly body: NonNullable<Input<O>['body']>;
  readonly isReady: boolean;
};

/** Why there is nothing to see yet, in words of the form. */
function wantingWords(problem: ApiProblem | null, wants: string): string {
  return problem === null || problem.code === 'bad_input' ? wants : problem.message;
}

export function PaperPreview<O extends Preview>({
  operation,
  what,
  wants,
  body,
  isReady,
}: PaperPreviewProps<O>) {
  const [asked] = useDebouncedValue(JSON.stringify(body), PAUSE_MS);
  const input = { body: JSON.parse(asked) } as Input<O>;
  const { url, error } = useFileUrl(operation, input, isReady);
  return (
    <Panel title="Preview">
      {isReady && url && !error ? (
        <Sheet url={url} title={`Preview of the ${what}`} />
      ) : isReady && !error ? (
        <Skeleton height={480} />
      ) : (
        <Text size="sm" c="dimmed" role="status">
          {wantingWords(isReady ? error : null, wants)}
        </Text>
      )}
    </Panel>
  );
}
