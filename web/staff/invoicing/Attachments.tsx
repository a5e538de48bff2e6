// The files of a draft or document: dragged in or chosen, sent with their progress, fetched, and of a draft removed and put back.

import { ActionIcon, Badge, Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { readAttachmentFile } from '#attachments/contract.ts';
import { type readDraft, removeDraftFile, undoDraftFile } from '#billing/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { momentWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { DropArea } from '../../ui/DropArea.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';

export type AttachedFile = Reply<typeof readDraft>['attachments'][number];

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.csv,.tsv,.txt,.xml,.xlsx,.ods';
const KILO = 1_024;

/** A size in the words of file managers. */
export function sizeWords(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < KILO * KILO) return `${Math.ceil(bytes / KILO)} KB`;
  return `${(bytes / (KILO * KILO)).toFixed(1)} MB`;
}

type AttachmentsProps = {
  readonly files: readonly AttachedFile[];
  /** The draft they belong to, where they can still be removed. */
  readonly draftId?: string | undefined;
  /** How much of a file is sent; null when none is. */
  readonly share: number | null;
  readonly problem: ApiProblem | null;
  readonly mayAdd: boolean;
  readonly says: string;
  /** Sends a file; resolves when it is there. */
  onFile(file: File): Promise<unknown>;
};

export function Attachments({ files, draftId, share, problem, mayAdd, says, onFile }: AttachmentsProps) {
  const [waiting, setWaiting] = useState(0);
  const [removed, setRemoved] = useState<AttachedFile | null>(null);
  const add = async (dropped: readonly File[]): Promise<void> => {
    setWaiting(dropped.length);
    for (const [index, file] of dropped.entries()) {
      // A file that is refused says so above; those after it are sent all the same.
      await onFile(file).catch(() => {});
      setWaiting(dropped.length - index - 1);
    }
  };
  if (files.length === 0 && !mayAdd) return null;
  const issued = files.filter((file) => !file.isSupplement);
  const later = files.filter((file) => file.isSupplement);
  return (
    <Panel title={files.length === 0 ? 'Attachments' : `Attachments (${files.length})`}>
      <Stack gap="sm">
        {problem ? <Trouble problem={problem} /> : null}
        {issued.length > 0 ? <FileTable files={issued} draftId={draftId} onRemoved={setRemoved} /> : null}
        {removed && draftId !== undefined ? (
          <Removed file={removed} draftId={draftId} onBack={() => setRemoved(null)} />
        ) : null}
        {later.length > 0 ? (
          <>
            <Text size="sm" fw={600} px="xs">
              Supplements, added after it was issued
            </Text>
            <FileTable files={later} draftId={undefined} onRemoved={setRemoved} />
          </>
        ) : null}
        {mayAdd ? (
          <DropArea
            title={
              waiting > 1
                ? `${waiting} files to send`
                : draftId === undefined && files.length > 0
                  ? 'Add a file'
                  : 'Drag files here'
            }
            says={says}
            accept={ACCEPT}
            share={share}
            onFile={(file) => void add([file])}
            onFiles={(dropped) => void add(dropped)}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}

function FileTable({
  files,
  draftId,
  onRemoved,
}: {
  readonly files: readonly AttachedFile[];
  readonly draftId: string | undefined;
  onRemoved(file: AttachedFile): void;
}) {
  const tenant = useTenant();
  return (
    <Table aria-label={draftId ? 'Files of the draft' : 'Files'}>
      <Table.Tbody>
        {files.map((file) => (
          <Table.Tr key={file.id}>
            <Table.Td style={{ wordBreak: 'break-word' }}>
              <Text size="sm" fw={500}>
                {file.name}
              </Text>
              <Group gap={6}>
                <Text size="xs" c="dimmed">
                  {sizeWords(file.bytes)}
                  {file.isSupplement ? ` · ${file.addedBy} · ${momentWords(file.addedAt)}` : ''}
                </Text>
                {file.inEInvoice ? (
                  <Badge size="xs" variant="light" color="gray">
                    in the e-invoice
                  </Badge>
                ) : null}
                {file.inMail ? null : (
                  <Tooltip label="Together the files are more than one mail takes. Send it another way.">
                    <Badge size="xs" variant="light" color="orange">
                      too large for the mail
                    </Badge>
                  </Tooltip>
                )}
              </Group>
            </Table.Td>
            <Table.Td className="numeric" style={{ whiteSpace: 'nowrap' }}>
              <ActionIcon
                variant="subtle"
                aria-label={`Download ${file.name}`}
                onClick={() =>
                  void saveFile(readAttachmentFile, { params: { attachmentId: file.id } }, tenant)
                }
              >
                <IconDownload size={16} aria-hidden />
              </ActionIcon>
              {draftId ? <RemoveButton file={file} draftId={draftId} onRemoved={onRemoved} /> : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Takes a file off the draft at once; the way back stands in its place. */
function RemoveButton({
  file,
  draftId,
  onRemoved,
}: {
  readonly file: AttachedFile;
  readonly draftId: string;
  onRemoved(file: AttachedFile): void;
}) {
  const remove = useCommand(removeDraftFile);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={`Remove ${file.name}`}
      loading={remove.isPending}
      onClick={() =>
        remove.mutate({ params: { draftId, attachmentId: file.id } }, { onSuccess: () => onRemoved(file) })
      }
    >
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}

function Removed({
  file,
  draftId,
  onBack,
}: {
  readonly file: AttachedFile;
  readonly draftId: string;
  onBack(): void;
}) {
  const undo = useCommand(undoDraftFile);
  return (
    <Group gap="xs" px="xs" role="status">
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {file.name} is removed.
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={undo.isPending}
        onClick={() => undo.mutate({ params: { draftId, attachmentId: file.id } }, { onSuccess: onBack })}
      >
        Undo
      </Button>
    </Group>
  );
}
