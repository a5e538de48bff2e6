// Letters to print: what lies ready, batches to download, and which of them are in the post.

import { Button, Group, Modal, Select, Stack, Switch, Table, Text } from '@mantine/core';
import { IconMailbox, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import {
  downloadBatchList,
  downloadPostBatch,
  listBatchLetters,
  listPostBatches,
  makePostBatch,
  markBatchPosted,
} from '#delivery/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
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

type PrintForm = 'duplex' | 'simplex' | 'zip';

const FORMS: readonly { readonly value: PrintForm; readonly label: string }[] = [
  { value: 'duplex', label: 'one file, both sides' },
  { value: 'simplex', label: 'one file, one side' },
  { value: 'zip', label: 'single files (.zip)' },
];

function Ready({ batches }: { readonly batches: Batches }) {
  const make = useCommand(makePostBatch);
  const companies = useCompanies();
  const [form, setForm] = useState<PrintForm>('duplex');
  const [separates, setSeparates] = useState(false);
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
        <Group align="flex-end">
          <Select
            label="Made as"
            data={[...FORMS]}
            value={form}
            allowDeselect={false}
            onChange={(value) => setForm((value ?? 'duplex') as PrintForm)}
          />
          <Switch
            label="An empty sheet between letters"
            disabled={form === 'zip'}
            checked={separates && form !== 'zip'}
            onChange={(event) => setSeparates(event.currentTarget.checked)}
            mb={8}
          />
        </Group>
        <Text size="sm" c="dimmed">
          Each letter begins on the front of a sheet; PDF files of the invoice are printed behind it.
        </Text>
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
                onClick={() =>
                  make.mutate({
                    body: {
                      companyId,
                      form: form === 'zip' ? 'zip' : 'pdf',
                      isDuplex: form === 'duplex',
                      separates: separates && form !== 'zip',
                    },
                  })
                }
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
              <Table.Th className="numeric">Pages</Table.Th>
              <Table.Th className="numeric">Sheets</Table.Th>
              <Table.Th>In the post</Table.Th>
              <Table.Th aria-label="The letters" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((batch) => (
              <Table.Tr key={batch.batchId}>
                <Table.Td>{momentWords(batch.madeAt)}</Table.Td>
                <Table.Td className="numeric">{countText(batch.letters)}</Table.Td>
                <Table.Td className="numeric">{batch.pages === null ? '' : countText(batch.pages)}</Table.Td>
                <Table.Td className="numeric">
                  {batch.sheets === null ? '' : countText(batch.sheets)}
                </Table.Td>
                <Table.Td>
                  {batch.postedOn ? (
                    dayWords(batch.postedOn)
                  ) : !batch.isMade ? null : (
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
                  <Group gap="xs" wrap="nowrap">
                    {batch.isMade ? (
                      <SaveButton
                        label={batch.form === 'pdf' ? 'Save to print (.pdf)' : 'Save the letters (.zip)'}
                        operation={downloadPostBatch}
                        input={{ params: { batchId: batch.batchId } }}
                      />
                    ) : (
                      <Text size="sm" c="dimmed">
                        Being put together
                      </Text>
                    )}
                    <LettersOf batchId={batch.batchId} made={momentWords(batch.madeAt)} />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Panel>
  );
}

/** What is in a batch, letter by letter, to check the envelopes by. */
function LettersOf({ batchId, made }: { readonly batchId: string; readonly made: string }) {
  const [isOpen, setOpen] = useState(false);
  const read = useRead(listBatchLetters, { params: { batchId } }, { enabled: isOpen });
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`Letters of the batch of ${made}`}
        onClick={() => setOpen(true)}
      >
        Letters
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={`Letters of ${made}`} size="xl">
        <Shown read={read}>
          {({ rows }) => (
            <Stack>
              <Scroll minWidth={560}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th className="numeric">No.</Table.Th>
                      <Table.Th>About</Table.Th>
                      <Table.Th>To</Table.Th>
                      <Table.Th className="numeric">From page</Table.Th>
                      <Table.Th className="numeric">Pages</Table.Th>
                      <Table.Th className="numeric">Sheets</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row, index) => (
                      <Table.Tr key={row.messageId}>
                        <Table.Td className="numeric">{index + 1}</Table.Td>
                        <Table.Td>{row.about}</Table.Td>
                        <Table.Td>
                          {row.to}
                          {row.print && row.print.notPrinted.length > 0 ? (
                            <Text size="sm" c="red.9">
                              Not printed, because it cannot be read: {row.print.notPrinted.join(', ')}
                            </Text>
                          ) : null}
                        </Table.Td>
                        <Table.Td className="numeric">{row.print?.firstPage ?? ''}</Table.Td>
                        <Table.Td className="numeric">{row.print?.pages ?? ''}</Table.Td>
                        <Table.Td className="numeric">{row.print?.sheets ?? ''}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
              <Group justify="flex-end">
                <SaveButton
                  label="Save the list (.csv)"
                  operation={downloadBatchList}
                  input={{ params: { batchId } }}
                />
              </Group>
            </Stack>
          )}
        </Shown>
      </Modal>
    </>
  );
}
