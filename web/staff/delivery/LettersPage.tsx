// Letters to print: what lies ready, batches to download, and which of them are in the post.

import { Button, Group, Modal, Progress, Select, Stack, Switch, Table, Text } from '@mantine/core';
import { IconMailbox, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import {
  beginPostBatchAgain,
  downloadBatchList,
  downloadPostBatch,
  listBatchLetters,
  listPostBatches,
  makePostBatch,
  markBatchPosted,
  printPostBatch,
} from '#delivery/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Batches = Reply<typeof listPostBatches>;

/** How often a batch that is being made is asked how far it is, and one that stands still whether somebody is at it again. */
const MAKING_REFRESH_MS = 1_500;
const STALLED_REFRESH_MS = 15_000;

/** A worker is at it, or will be. */
const isBeingMade = (batch: Batches['rows'][number]): boolean =>
  !batch.isMade && (batch.letters > 0 || batch.looked < batch.toLook);

export default function LettersPage() {
  const pages = usePages(
    listPostBatches,
    {},
    {
      refreshMs: (read) => {
        const made = rowsOf(read).filter(isBeingMade);
        if (made.length === 0) return false;
        return made.some((batch) => batch.stalledSince === null) ? MAKING_REFRESH_MS : STALLED_REFRESH_MS;
      },
    },
  );
  return (
    <Page
      title="Letters"
      subtitle="Print what lies ready, post it, and say so: that is the proof of its sending."
    >
      <Shown read={pages}>
        {({ pages: read }) => (
          <Stack>
            {read[0] ? <Ready batches={read[0]} /> : null}
            <Made rows={rowsOf(pages.data)} mayPrint={read[0]?.may.make === true} />
            <ShowMore pages={pages} />
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
  { value: 'duplex', label: 'One file, both sides' },
  { value: 'simplex', label: 'One file, one side' },
  { value: 'zip', label: 'Single files (.zip)' },
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
          Letters are looked at again when a batch is made, and once more when it is first saved: what was
          paid meanwhile is not asked for. It goes on by itself: you can leave this page. Each letter begins
          on the front of a sheet; PDF files of the invoice are printed behind it.
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

function Made({
  rows,
  mayPrint,
}: {
  readonly rows: readonly Batches['rows'][number][];
  readonly mayPrint: boolean;
}) {
  if (rows.length === 0) return null;
  return (
    <Panel title="Batches">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Made</Table.Th>
            <Table.Th className="numeric" visibleFrom="sm">
              Letters
            </Table.Th>
            <Table.Th className="numeric" visibleFrom="sm">
              Pages
            </Table.Th>
            <Table.Th className="numeric" visibleFrom="sm">
              Sheets
            </Table.Th>
            <Table.Th visibleFrom="sm">In the post</Table.Th>
            <Table.Th aria-label="The letters" visibleFrom="sm" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((batch) => (
            <Table.Tr key={batch.batchId}>
              <Table.Td>
                {momentWords(batch.madeAt)}
                <SetAside count={batch.setAside} />
                {/* A phone has no room for more columns: all of a batch stands under its day. */}
                <Stack hiddenFrom="sm" gap="xs" mt={4}>
                  <Text size="sm" c="dimmed">
                    {letters(batch.letters)}
                    {batch.postedOn ? ', in the post since ' : null}
                    {batch.postedOn ? dayWords(batch.postedOn) : null}
                  </Text>
                  <Group gap="xs">
                    {batch.postedOn ? null : <Posted batch={batch} mayPrint={mayPrint} />}
                    <Files batch={batch} mayPrint={mayPrint} />
                  </Group>
                </Stack>
              </Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                {countText(batch.letters)}
              </Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                {batch.pages === null ? '' : countText(batch.pages)}
              </Table.Td>
              <Table.Td className="numeric" visibleFrom="sm">
                {batch.sheets === null ? '' : countText(batch.sheets)}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Posted batch={batch} mayPrint={mayPrint} />
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Group gap="xs" wrap="nowrap">
                  <Files batch={batch} mayPrint={mayPrint} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

type OfBatch = { readonly batch: Batches['rows'][number]; readonly mayPrint: boolean };

/** The file of a batch, and what is in it. */
function Files({ batch, mayPrint }: OfBatch) {
  return (
    <>
      <FileOf batch={batch} mayPrint={mayPrint} />
      <LettersOf batchId={batch.batchId} made={momentWords(batch.madeAt)} />
    </>
  );
}

/** Since when a batch is in the post, or the button that says so once it is printed. */
function Posted({ batch, mayPrint }: OfBatch) {
  const post = useCommand(markBatchPosted);
  if (batch.postedOn) return dayWords(batch.postedOn);
  if (!batch.printedAt || !mayPrint) return null;
  return (
    <ConfirmButton
      label="It is in the post"
      spoken={`It is in the post: the batch of ${momentWords(batch.madeAt)}`}
      title="Letters are in the post"
      says={`${letters(batch.letters)} count as sent from today. This cannot be taken back.`}
      confirmLabel="Yes, posted today"
      act={() => post.mutateAsync({ params: { batchId: batch.batchId }, body: {} })}
    />
  );
}

const SAVE_WORDS: Readonly<Record<Batches['rows'][number]['form'], string>> = {
  pdf: 'Save to print (.pdf)',
  zip: 'Save the letters (.zip)',
};

/** The file of a batch: looked at once more and saved the first time, saved as it is after that. */
function FileOf({ batch, mayPrint }: OfBatch) {
  const print = useCommand(printPostBatch);
  const params = { batchId: batch.batchId };
  if (isBeingMade(batch)) return <Making batch={batch} mayPrint={mayPrint} />;
  if (batch.printedAt || (batch.isMade && mayPrint && batch.letters > 0))
    return (
      <SaveButton
        label={batch.printedAt ? `Save again (.${batch.form})` : SAVE_WORDS[batch.form]}
        operation={downloadPostBatch}
        input={{ params }}
        {...(batch.printedAt ? {} : { before: () => print.mutateAsync({ params }) })}
      />
    );
  return (
    <Text size="sm" c="dimmed">
      {batch.isMade && batch.letters > 0 ? 'Not printed yet' : 'Nothing is left to print'}
    </Text>
  );
}

/** How far a batch is that is being made: it goes on by itself. */
function Making({ batch, mayPrint }: OfBatch) {
  const { looked, toLook, stalledSince } = batch;
  if (stalledSince) return <Stalled batch={batch} mayPrint={mayPrint} since={stalledSince} />;
  const isLooking = toLook > 0 && looked < toLook;
  const says = isLooking
    ? `${countText(looked)} of ${countText(toLook)} looked at`
    : toLook > 0
      ? 'Being put together'
      : 'Waits for its turn';
  return (
    <Stack gap={4} miw={140}>
      <Progress
        value={toLook === 0 ? 0 : (100 * looked) / toLook}
        animated={!isLooking}
        aria-label="How far the batch is"
      />
      <Text size="sm" c="dimmed" role="status">
        {says}
      </Text>
    </Stack>
  );
}

/** A batch at which no worker is any more, and the button that has it begun again. */
function Stalled({ batch, mayPrint, since }: OfBatch & { readonly since: string }) {
  const again = useCommand(beginPostBatchAgain);
  return (
    <Stack gap={4} miw={140} align="flex-start">
      <Text size="sm" className="late" role="status">
        Stands still since {momentWords(since)}
      </Text>
      {again.error ? <Trouble problem={again.error} /> : null}
      {mayPrint ? (
        <Button
          size="xs"
          variant="default"
          loading={again.isPending}
          aria-label={`Begin again: the batch of ${momentWords(batch.madeAt)}`}
          onClick={() => again.mutate({ params: { batchId: batch.batchId } })}
        >
          Begin again
        </Button>
      ) : null}
    </Stack>
  );
}

/** Letters that could not be read or joined, and where they are now. */
function SetAside({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Text size="sm" className="late">
      {count === 1 ? '1 letter was set aside' : `${countText(count)} letters were set aside`}, see{' '}
      <TenantLink to="delivery-problems">what did not arrive</TenantLink>
    </Text>
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
                      <Table.Th miw={140}>About</Table.Th>
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
