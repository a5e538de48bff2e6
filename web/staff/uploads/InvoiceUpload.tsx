// How one document stands in the portal of its customer: each attempt with its proof, what the portal said, and what to do next.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconExternalLink, IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { readAttachmentFile } from '#attachments/contract.ts';
import {
  addUploadProof,
  downloadUploadFiles,
  readUpload,
  recordUploadAnswers,
  undoUploadStep,
} from '#uploads/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useCommand, useRead, useUpload } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { DropArea } from '../../ui/DropArea.tsx';
import { History } from '../../ui/History.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { SaveButton } from '../../ui/SaveButton.tsx';
import { NotNeededDialog, PostedDialog, RejectedDialog, UndoDialog } from './UploadDialogs.tsx';
import { REASON_WORDS, STATE_COLORS, STATE_WORDS, STEP_WORDS } from './upload-words.ts';

type Upload = NonNullable<Reply<typeof readUpload>['upload']>;
type Step = Upload['steps'][number];

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.csv,.txt,.xml';

/** Shows nothing where the customer wants no portal. */
export function InvoiceUpload({ documentId }: { readonly documentId: string }) {
  const { data } = useRead(readUpload, { params: { documentId } });
  return data?.upload ? <UploadPanel upload={data.upload} /> : null;
}

function UploadPanel({ upload }: { readonly upload: Upload }) {
  const [dialog, setDialog] = useState<'posted' | 'rejected' | 'not_needed' | 'undo' | null>(null);
  const answer = useCommand(recordUploadAnswers);
  const { documentId, may } = upload;
  const close = (): void => setDialog(null);
  const last = upload.steps.findLast((step) => step.kind !== 'undone' && !step.isUndone);
  return (
    <Panel
      title={`In ${upload.portal}`}
      actions={
        <Badge color={STATE_COLORS[upload.state]} variant="light">
          {STATE_WORDS[upload.state]}
        </Badge>
      }
    >
      <Stack>
        {answer.error ? <Trouble problem={answer.error} /> : null}
        <Facts upload={upload} />
        <Group gap="xs">
          {may.upload === true ? <Button onClick={() => setDialog('posted')}>Mark as posted</Button> : null}
          {may.accept === true ? (
            <Button
              variant="default"
              loading={answer.isPending}
              onClick={() => answer.mutate({ body: { documentIds: [documentId], answer: 'accepted' } })}
            >
              Accepted
            </Button>
          ) : null}
          {may.reject === true ? (
            <Button variant="default" onClick={() => setDialog('rejected')}>
              Rejected
            </Button>
          ) : null}
          {may.dropNeed === true ? (
            <Button variant="default" onClick={() => setDialog('not_needed')}>
              Not needed
            </Button>
          ) : null}
          {last ? (
            <MayButton
              variant="subtle"
              may={may.undo}
              operation={undoUploadStep}
              onClick={() => setDialog('undo')}
            >
              Take back
            </MayButton>
          ) : null}
        </Group>
        {upload.steps.length > 0 ? <History entries={upload.steps.toReversed().map(entryOf)} /> : null}
        {upload.attempts > 0 && may.undo !== 'not_permitted' ? <ProofDrop documentId={documentId} /> : null}
      </Stack>
      {dialog === 'posted' ? <PostedDialog rows={[upload]} onClose={close} /> : null}
      {dialog === 'rejected' ? <RejectedDialog rows={[upload]} onClose={close} /> : null}
      {dialog === 'not_needed' ? <NotNeededDialog rows={[upload]} onClose={close} /> : null}
      {dialog === 'undo' && last ? <UndoDialog row={upload} last={last.kind} onClose={close} /> : null}
    </Panel>
  );
}

function Facts({ upload }: { readonly upload: Upload }) {
  const isToPost = upload.state === 'waiting' || upload.state === 'rejected';
  return (
    <Group gap="md">
      {isToPost ? (
        <Text size="sm" className={upload.isLate ? 'late' : ''}>
          to be posted by {dayWords(upload.dueOn)}
          {upload.isLate ? ' · late' : ''}
          {upload.owner ? ` · ${upload.owner.name}` : ''}
        </Text>
      ) : null}
      {upload.supplierNumber ? <Text size="sm">our number there: {upload.supplierNumber}</Text> : null}
      {upload.portalNumber ? <Text size="sm">its number: {upload.portalNumber}</Text> : null}
      <SaveButton
        label="Files (.zip)"
        operation={downloadUploadFiles}
        input={{ body: { documentIds: [upload.documentId] } }}
      />
      {upload.address ? (
        <Button
          component="a"
          variant="default"
          href={upload.address}
          target="_blank"
          rel="noopener noreferrer"
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          Open {upload.portal}
        </Button>
      ) : null}
    </Group>
  );
}

function entryOf(step: Step) {
  const words = [
    step.reason === null ? undefined : (REASON_WORDS[step.reason] ?? step.reason),
    step.note,
    step.portalNumber,
  ].filter(Boolean);
  return {
    key: `step ${step.stepNo}`,
    title: step.isUndone ? `${STEP_WORDS[step.kind]} (taken back)` : STEP_WORDS[step.kind],
    when: `${dayWords(step.happenedOn)} · ${step.by}, ${momentWords(step.recordedAt)}`,
    children: (
      <>
        {words.length > 0 ? (
          <Text size="xs" style={{ wordBreak: 'break-word' }}>
            {words.join(' · ')}
          </Text>
        ) : null}
        {step.proofs.map((proof) => (
          <ProofLink key={proof.id} proof={proof} />
        ))}
      </>
    ),
  };
}

function ProofLink({ proof }: { readonly proof: Step['proofs'][number] }) {
  const tenant = useTenant();
  const save = (): void =>
    void saveFile(readAttachmentFile, { params: { attachmentId: proof.id } }, tenant).catch(
      (problem: ApiProblem) => notifications.show({ color: 'red', message: problem.message }),
    );
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={<IconPaperclip size={13} aria-hidden />}
      aria-label={`Save the proof ${proof.name}`}
      onClick={save}
    >
      {proof.name}
    </Button>
  );
}

function ProofDrop({ documentId }: { readonly documentId: string }) {
  const proof = useUpload(addUploadProof);
  return (
    <>
      {proof.error ? <Trouble problem={proof.error} /> : null}
      <DropArea
        title="Add a proof"
        says="A picture of the portal or its receipt. It goes into the evidence, and to nobody else."
        accept={ACCEPT}
        share={proof.share}
        onFile={(file) => proof.mutate({ input: { params: { documentId } }, file })}
      />
    </>
  );
}
