// The evidence packs of an account or a hand-over: one is asked for, drawn while one can leave, and its very bytes stay to be fetched.

import { Button, Group, Loader, Modal, Progress, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArchive } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { askForPack, downloadPack, getPack, listPacks } from '#evidence/contract.ts';
import type { ApiProblem, Input, Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { Money } from '../../ui/Money.tsx';
import { Shown, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { sizeWords } from '../invoicing/Attachments.tsx';

type Pack = Reply<typeof listPacks>['rows'][number];
type Subject = NonNullable<Input<typeof askForPack>['body']>;

/** How often a pack that is being drawn is asked how far it is, and one that stands still whether somebody is at it again. */
const DRAWING_REFRESH_MS = 800;
const STALLED_REFRESH_MS = 15_000;
/** Packs shown at first: the latest are what people look for. */
const SHOWN_AT_FIRST = 3;

/** A button that waits keeps the focus, which one that is disabled would lose. */
const WAITS = { 'data-disabled': true, 'aria-disabled': true } as const;

const isOpen = ({ state }: Pack): boolean => state === 'waiting' || state === 'drawing';

/** Saves the pack that was asked for on this page once it is there: a small one comes at once. */
function useSaving(rows: readonly Pack[]) {
  const tenant = useTenant();
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const found = rows.find(({ packId }) => packId === wanted.current);
    if (!found || isOpen(found)) return;
    wanted.current = null;
    if (found.state === 'drawn')
      saveFile(downloadPack, { params: { packId: found.packId } }, tenant).catch((problem: ApiProblem) =>
        notifications.show({ color: 'red', message: problem.message }),
      );
  }, [rows, tenant]);
  return (packId: string): void => {
    wanted.current = packId;
  };
}

/** Tells who does not see the page that a pack was begun, and what became of those that were being made. */
function useSpoken(rows: readonly Pack[]) {
  const [words, setWords] = useState('');
  const awaited = useRef(new Set<string>());
  useEffect(() => {
    for (const pack of rows)
      if (isOpen(pack)) awaited.current.add(pack.packId);
      else if (awaited.current.delete(pack.packId))
        setWords(
          pack.state === 'drawn'
            ? `The evidence pack as of ${dayWords(pack.asOf ?? '')} is made.`
            : `The evidence pack could not be made. ${pack.problem?.message ?? ''}`,
        );
  }, [rows]);
  const sayBegun = (packId: string): void => {
    awaited.current.add(packId);
    setWords('The evidence pack was begun.');
  };
  return { words, sayBegun };
}

/** What a pack is about, as it is asked for. */
const subjectOf = ({ handOverId, companyId, customerId }: Pack): Subject =>
  handOverId === null ? { companyId, customerId } : { handOverId };

export function EvidencePacks({ subject, says }: { readonly subject: Subject; readonly says: string }) {
  const pages = usePages(
    listPacks,
    { query: { ...subject, limit: SHOWN_AT_FIRST } },
    {
      refreshMs: (read) => {
        const open = rowsOf(read).filter(isOpen);
        if (open.length === 0) return false;
        return open.some((pack) => pack.stalledSince === null) ? DRAWING_REFRESH_MS : STALLED_REFRESH_MS;
      },
    },
  );
  const ask = useCommand(askForPack);
  const rows = rowsOf(pages.data);
  const saveLater = useSaving(rows);
  const mayAsk = pages.data?.pages[0]?.may.ask === true;
  const { words, sayBegun } = useSpoken(rows);
  const mainButton = useRef<HTMLButtonElement>(null);
  const draw = (body: Subject): void => {
    if (ask.isPending) return;
    const onSuccess = ({ packId }: Reply<typeof askForPack>): void => {
      saveLater(packId);
      sayBegun(packId);
      mainButton.current?.focus();
    };
    ask.mutate({ body }, { onSuccess });
  };
  // Those of its hand-overs stand among the packs of an account and keep nobody waiting.
  const handOverId = 'handOverId' in subject ? subject.handOverId : null;
  const isBusy =
    ask.isPending ||
    rows.some((pack) => pack.handOverId === handOverId && isOpen(pack) && pack.stalledSince === null);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {says}
      </Text>
      {mayAsk ? (
        <Group>
          <Button
            ref={mainButton}
            variant="default"
            leftSection={
              ask.isPending ? <Loader size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />
            }
            {...(isBusy ? WAITS : {})}
            onClick={() => (isBusy ? undefined : draw(subject))}
          >
            {rows.length === 0 ? 'Make the evidence pack' : 'Make a new one'}
          </Button>
        </Group>
      ) : null}
      <VisuallyHidden role="status">{words}</VisuallyHidden>
      {ask.error ? <Trouble problem={ask.error} /> : null}
      <Shown read={pages}>
        {() => (
          <>
            {rows.length === 0 && !mayAsk ? (
              <Text size="sm" c="dimmed">
                None was made yet.
              </Text>
            ) : null}
            {rows.map((pack) => (
              <PackRow
                key={pack.packId}
                pack={pack}
                isOfHandOver={'handOverId' in subject}
                isAsking={ask.isPending}
                onAgain={mayAsk ? () => draw(subjectOf(pack)) : undefined}
              />
            ))}
            <ShowMore pages={pages} size="xs" words="Show earlier ones" style={{ alignSelf: 'flex-start' }} />
          </>
        )}
      </Shown>
    </Stack>
  );
}

type RowProps = {
  readonly pack: Pack;
  readonly isOfHandOver: boolean;
  readonly isAsking: boolean;
  readonly onAgain: (() => void) | undefined;
};

function PackRow({ pack, isOfHandOver, isAsking, onAgain }: RowProps) {
  const asked = `Asked for by ${pack.askedBy}, ${momentWords(pack.askedAt)}`;
  return (
    <Group justify="space-between" gap="xs" align="flex-start">
      <Stack gap={2} style={{ flex: '1 1 240px', minWidth: 0 }}>
        <Text size="sm" fw={600}>
          {titleOf(pack)}
          {pack.handOverId !== null && !isOfHandOver ? (
            <>
              {' · '}
              <TenantLink to={`hand-overs/${pack.handOverId}`}>of hand-over {pack.handOverNumber}</TenantLink>
            </>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed">
          {asked}
          {pack.invoices === null ? null : ` · ${invoiceWords(pack.invoices)}`}
          {pack.bytes === null ? null : ` · ${sizeWords(pack.bytes)}`}
        </Text>
        {isOpen(pack) && pack.stalledSince === null ? (
          <Text size="sm" c="dimmed">
            It goes on by itself: you can leave this page.
          </Text>
        ) : null}
        {pack.problem ? (
          <Text size="sm" className="late">
            {pack.problem.message}
          </Text>
        ) : null}
        {pack.removedAt ? (
          <Text size="sm" c="dimmed">
            Taken away {momentWords(pack.removedAt)}, ten years after it was made.
          </Text>
        ) : null}
      </Stack>
      <PackDeeds pack={pack} isAsking={isAsking} onAgain={onAgain} />
    </Group>
  );
}

function titleOf(pack: Pack): string {
  if (pack.asOf) return `As of ${dayWords(pack.asOf)}`;
  return pack.state === 'failed' ? 'Could not be made' : 'Being made';
}

/** Which pack it is, among others that are being made. */
function nameOf({ handOverNumber, askedAt }: Pack): string {
  const of = handOverNumber === null ? 'of the account' : `of hand-over ${handOverNumber}`;
  return `${of}, asked for ${momentWords(askedAt)}`;
}

/** What can be done with a pack, or how far it is. */
function PackDeeds({ pack, isAsking, onAgain }: Omit<RowProps, 'isOfHandOver'>) {
  if (isOpen(pack)) return <Drawing pack={pack} isAsking={isAsking} onAgain={onAgain} />;
  if (pack.state === 'failed') return null;
  return (
    <Group gap="xs">
      {pack.removedAt ? null : (
        <SaveButton
          size="xs"
          label="Save (.zip)"
          of={`${titleOf(pack)}, ${momentWords(pack.askedAt)}`}
          operation={downloadPack}
          input={{ params: { packId: pack.packId } }}
        />
      )}
      <Inside pack={pack} />
    </Group>
  );
}

/** How far a pack is: it goes on by itself. */
function Drawing({ pack, isAsking, onAgain }: Omit<RowProps, 'isOfHandOver'>) {
  const { drawn, toDraw, stalledSince, state } = pack;
  if (stalledSince)
    return (
      <Stack gap={4} align="flex-start">
        <Text size="sm" className="late">
          Stands still since {momentWords(stalledSince)}
        </Text>
        {onAgain ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Begin again: ${nameOf(pack)}`}
            leftSection={isAsking ? <Loader size={12} aria-hidden /> : null}
            {...(isAsking ? WAITS : {})}
            onClick={onAgain}
          >
            Begin again
          </Button>
        ) : null}
      </Stack>
    );
  const isReading = toDraw === 0;
  const says = isReading
    ? state === 'waiting'
      ? 'Waits for its turn'
      : 'Being read'
    : drawn < toDraw
      ? `${countText(drawn)} of ${countText(toDraw)} papers made`
      : 'Being packed';
  return (
    <Stack gap={4} style={{ flex: '0 1 220px', minWidth: 160 }}>
      <Progress
        value={isReading ? (state === 'waiting' ? 0 : 100) : (100 * drawn) / toDraw}
        animated={isReading || drawn === toDraw}
        aria-label={`How far the evidence pack is: ${nameOf(pack)}`}
      />
      <Text size="sm" c="dimmed">
        {says}
      </Text>
    </Stack>
  );
}

/** Which invoices a pack proves, and the checksums to prove it by. */
function Inside({ pack }: { readonly pack: Pack }) {
  const [opened, setOpened] = useState(false);
  const read = useRead(getPack, { params: { packId: pack.packId } }, { enabled: opened });
  const title = titleOf(pack);
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`What is in it: ${title}, ${momentWords(pack.askedAt)}`}
        onClick={() => setOpened(true)}
      >
        What is in it
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Evidence as of ${dayWords(pack.asOf ?? '')}`}
        size="lg"
      >
        <Shown read={read}>
          {({ items, sha256, listSha256, bytes, askedBy, askedAt }) => (
            <Stack>
              <Text size="sm">
                Asked for by {askedBy}, {momentWords(askedAt)}
                {bytes === null ? null : ` · ${sizeWords(bytes)}`}
              </Text>
              <Checksum label="SHA-256 of the archive" value={sha256} />
              <Checksum label="SHA-256 of the list in it (manifest.json)" value={listSha256} />
              <Scroll minWidth={320} label="Invoices it proves">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Document</Table.Th>
                      <Table.Th className="numeric">Open then</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map((item, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: instalments of an invoice have one number, and the list never changes
                      <Table.Tr key={`${item.documentId} ${index}`}>
                        <Table.Td>
                          <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
                        </Table.Td>
                        <Table.Td className="numeric">
                          <Money value={item.open} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
            </Stack>
          )}
        </Shown>
      </Modal>
    </>
  );
}

function Checksum({ label, value }: { readonly label: string; readonly value: string | null }) {
  if (value === null) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" ff="monospace" style={{ wordBreak: 'break-all' }}>
        {value}
      </Text>
    </div>
  );
}

function invoiceWords(count: number): string {
  return count === 1 ? '1 invoice' : `${countText(count)} invoices`;
}
