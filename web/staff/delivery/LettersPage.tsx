// Letters to print: what lies ready, batches to download, and which of them are in the post.

import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconMailbox, IconPrinter } from '@tabler/icons-react';
import { downloadPostBatch, listPostBatches, makePostBatch, markBatchPosted } from '#delivery/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Batches = Reply<typeof listPostBatches>;

export default function LettersPage() {
  const pages = usePages(listPostBatches);
  return (
    <Page
      title="Letters"
      subtitle="Print what lies ready, post it, and say so: that is the proof of its sending."
    >
      <Shown read={pages}>
        {({ pages: read }) => (
          <Stack>
            {read[0] ? <Ready batches={read[0]} /> : null}
            <Made rows={rowsOf(pages.data)} />
            {pages.hasNextPage ? (
              <Button
                variant="default"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                Show more
              </Button>
            ) : null}
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function letters(count: number): string {
  return count === 1 ? '1 letter' : `${countText(count)} letters`;
}

function Ready({ batches }: { readonly batches: Batches }) {
  const make = useCommand(makePostBatch);
  const companies = useCompanies();
  if (batches.ready.length === 0)
    return (
      <Panel>
        <Empty icon={<IconMailbox size={36} stroke={1.4} />} title="No letter waits to be printed">
          Invoices that go by post, and those whose mail came back, lie ready here.
        </Empty>
      </Panel>
    );
  return (
    <Panel title="Ready to be printed">
      <Stack gap="xs">
        {make.error ? <Trouble problem={make.error} /> : null}
        {batches.ready.map(({ companyId, letters: count }) => (
          <Group key={companyId} justify="space-between">
            <Text size="sm">
              {letters(count)} of {companies?.find((company) => company.id === companyId)?.name ?? '…'}
            </Text>
            {batches.may.make === true ? (
              <Button
                size="xs"
                leftSection={<IconPrinter size={14} aria-hidden />}
                loading={make.isPending}
                onClick={() => make.mutate({ body: { companyId } })}
              >
                Make a batch
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}

function Made({ rows }: { readonly rows: readonly Batches['rows'][number][] }) {
  const post = useCommand(markBatchPosted);
  if (rows.length === 0) return null;
  return (
    <Panel title="Batches">
      <Scroll minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Made</Table.Th>
              <Table.Th className="numeric">Letters</Table.Th>
              <Table.Th>In the post</Table.Th>
              <Table.Th aria-label="The letters" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((batch) => (
              <Table.Tr key={batch.batchId}>
                <Table.Td>{momentWords(batch.madeAt)}</Table.Td>
                <Table.Td className="numeric">{countText(batch.letters)}</Table.Td>
                <Table.Td>
                  {batch.postedOn ? (
                    dayWords(batch.postedOn)
                  ) : (
                    <ConfirmButton
                      label="It is in the post"
                      spoken={`The batch of ${momentWords(batch.madeAt)} is in the post`}
                      title="Letters are in the post"
                      says={`${letters(batch.letters)} count as sent from today. This cannot be taken back.`}
                      confirmLabel="Yes, posted today"
                      act={() => post.mutateAsync({ params: { batchId: batch.batchId }, body: {} })}
                    />
                  )}
                </Table.Td>
                <Table.Td>
                  <SaveButton
                    label="Save the letters (.zip)"
                    operation={downloadPostBatch}
                    input={{ params: { batchId: batch.batchId } }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}
