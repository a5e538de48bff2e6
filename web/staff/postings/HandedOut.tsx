// What was handed out to the accounting system of a company, file by file: to be had again as far as it has no answer.

import { Group, Stack, Text } from '@mantine/core';
import { getPostingExport, listPostingExports } from '#postings/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, momentWords } from '../../lib/format.ts';
import { SaveButton } from '../../ui/SaveButton.tsx';

type Row = Reply<typeof listPostingExports>['rows'][number];

const openWords = ({ receipts, open }: Row): string =>
  open === 0
    ? `all ${countText(receipts)} answered`
    : `${countText(open)} of ${countText(receipts)} without an answer`;

export function HandedOut({ companyId }: { readonly companyId: string }) {
  const read = useRead(listPostingExports, { query: { companyId } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Stack gap={6} component="section" aria-label="Handed out">
      <Text size="sm" fw={600}>
        Handed out
      </Text>
      {rows.map((row) => (
        <Group key={row.exportId} justify="space-between" wrap="wrap" gap="xs">
          <Text size="sm" style={{ flex: '1 1 260px', minWidth: 0 }}>
            {momentWords(row.at)} · {row.by} · {openWords(row)}
          </Text>
          {row.open > 0 ? (
            <SaveButton
              size="xs"
              label="Save it again"
              of={`the file of ${momentWords(row.at)}`}
              operation={getPostingExport}
              input={{ params: { exportId: row.exportId } }}
            />
          ) : null}
        </Group>
      ))}
    </Stack>
  );
}
