// What is noted of documents in portals: posted, rejected, not needed, taken back. Each for one document or for many.

import { Alert, FileInput, ScrollArea, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import {
  addUploadProof,
  REJECTION_REASONS,
  recordUploadAnswers,
  recordUploaded,
  recordUploadNotNeeded,
  undoUploadStep,
} from '#uploads/contract.ts';
import { useCommand, useUpload } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { REASON_WORDS, STEP_WORDS } from './upload-words.ts';

/** A document that something is noted of. */
export type Noted = { readonly documentId: string; readonly number: string; readonly portal: string };

type DialogProps = { readonly rows: readonly Noted[]; onClose(): void; onDone?(): void };

/** `2026-0001`, `3 documents`. */
function aboutWords(rows: readonly Noted[]): string {
  const [first] = rows;
  return rows.length === 1 && first ? first.number : `${rows.length} documents`;
}

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.csv,.txt,.xml';

export function PostedDialog({ rows, onClose, onDone }: DialogProps) {
  const record = useCommand(recordUploaded);
  const proof = useUpload(addUploadProof);
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>({});
  const [on, setOn] = useState('');
  const [note, setNote] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [first] = rows;
  const only = rows.length === 1 ? first : undefined;
  const submit = async (): Promise<void> => {
    const uploads = rows.map(({ documentId }) => {
      const portalNumber = filled(numbers[documentId] ?? '');
      return { documentId, ...(portalNumber ? { portalNumber } : {}) };
    });
    const [day, words] = [filled(on), filled(note)];
    try {
      // Sent again after a file was refused, the posting itself is there already: only the file is sent anew.
      if (!record.isSuccess)
        await record.mutateAsync({
          body: { uploads, ...(day ? { on: day } : {}), ...(words ? { note: words } : {}) },
        });
      if (only && file) await proof.mutateAsync({ input: { params: { documentId: only.documentId } }, file });
    } catch {
      // Shown in the dialog.
      return;
    }
    notifications.show({ message: `${aboutWords(rows)} noted as posted.` });
    onDone?.();
    onClose();
  };
  return (
    <FormDialog
      title={`Posted: ${aboutWords(rows)}`}
      opened
      onClose={onClose}
      onSubmit={() => void submit()}
      submitLabel={record.isSuccess ? 'Send the file again' : 'Mark as posted'}
      busy={record.isPending || proof.isPending}
      problem={record.error ?? proof.error}
    >
      {record.isSuccess && proof.error ? (
        <Alert color="orange">The posting is noted. Only the file was refused.</Alert>
      ) : null}
      <ScrollArea.Autosize mah={280} viewportProps={{ tabIndex: rows.length > 4 ? 0 : -1 }}>
        <Stack gap="xs">
          {rows.map((row, index) => (
            <TextInput
              key={row.documentId}
              label={only ? `What ${row.portal} calls it` : row.number}
              description={only ? 'The number the portal gave the document, if it did' : undefined}
              placeholder="the portal’s number"
              maxLength={100}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              value={numbers[row.documentId] ?? ''}
              onChange={(event) => setNumbers({ ...numbers, [row.documentId]: event.currentTarget.value })}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <DayField label="Posted on" description="Left empty: today" value={on} onChange={setOn} />
      <TextInput
        label="Note"
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {only ? (
        <FileInput
          label="Proof"
          description="A picture of the portal, or its receipt. It goes into the evidence, and to nobody else."
          placeholder="Choose a file"
          accept={ACCEPT}
          clearable
          leftSection={<IconPaperclip size={16} aria-hidden />}
          value={file}
          onChange={setFile}
        />
      ) : null}
    </FormDialog>
  );
}

export function RejectedDialog({ rows, onClose, onDone }: DialogProps) {
  const record = useCommand(recordUploadAnswers);
  const [reason, setReason] = useState<(typeof REJECTION_REASONS)[number] | null>(null);
  const [note, setNote] = useState('');
  const [on, setOn] = useState('');
  const submit = (): void => {
    const [day, words] = [filled(on), filled(note)];
    record.mutate(
      {
        body: {
          documentIds: rows.map((row) => row.documentId),
          answer: 'rejected',
          ...(reason ? { reason } : {}),
          ...(words ? { note: words } : {}),
          ...(day ? { on: day } : {}),
        },
      },
      {
        onSuccess: () => {
          onDone?.();
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={`Rejected: ${aboutWords(rows)}`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Note the rejection"
      busy={record.isPending}
      problem={record.error}
      danger
    >
      <Text size="sm" c="dimmed">
        It is to be posted anew. Until then no reminder asks for it.
      </Text>
      <Select
        label="Why"
        required
        searchable
        data-autofocus
        data={REJECTION_REASONS.map((value) => ({ value, label: REASON_WORDS[value] ?? value }))}
        value={reason}
        onChange={(value) => setReason(REJECTION_REASONS.find((one) => one === value) ?? null)}
      />
      <Textarea
        label="What the portal said"
        required={reason === 'other'}
        maxLength={1000}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value.replaceAll('\n', ' '))}
      />
      <DayField label="Rejected on" description="Left empty: today" value={on} onChange={setOn} />
    </FormDialog>
  );
}

export function NotNeededDialog({ rows, onClose, onDone }: DialogProps) {
  const record = useCommand(recordUploadNotNeeded);
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={`Need not be posted: ${aboutWords(rows)}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        record.mutate(
          { body: { documentIds: rows.map((row) => row.documentId), note } },
          {
            onSuccess: () => {
              onDone?.();
              onClose();
            },
          },
        )
      }
      submitLabel="Note it"
      busy={record.isPending}
      problem={record.error}
    >
      <TextInput
        label="Why"
        placeholder="They pulled it from the network themselves"
        required
        data-autofocus
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

type UndoProps = {
  readonly row: Noted;
  /** The step that is taken back. */
  readonly last: keyof typeof STEP_WORDS;
  onClose(): void;
};

export function UndoDialog({ row, last, onClose }: UndoProps) {
  const undo = useCommand(undoUploadStep);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Take back “${STEP_WORDS[last]}”`}
      opened
      onClose={onClose}
      onSubmit={() => {
        const words = filled(reason);
        undo.mutate(
          { params: { documentId: row.documentId }, body: words ? { reason: words } : {} },
          { onSuccess: onClose },
        );
      }}
      submitLabel="Take it back"
      busy={undo.isPending}
      problem={undo.error}
    >
      <Text size="sm">{row.number} stands again as it did before. What was noted stays in its history.</Text>
      <TextInput
        label="Why"
        data-autofocus
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
