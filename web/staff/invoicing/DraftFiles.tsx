// The files of an invoice that is being written. The first one makes a draft of it, since a file has to belong to something.

import { addDraftFile, readDraft } from '#billing/contract.ts';
import { useRead, useUpload } from '../../lib/data.ts';
import { Attachments } from './Attachments.tsx';
import type { Saved } from './useSavedDraft.ts';

export function DraftFiles({ saved }: { readonly saved: Saved }) {
  const { draftId } = saved;
  const upload = useUpload(addDraftFile);
  const read = useRead(readDraft, { params: { draftId: draftId ?? '' } }, { enabled: draftId !== undefined });
  return (
    <Attachments
      files={draftId === undefined ? [] : (read.data?.attachments ?? [])}
      draftId={draftId}
      share={upload.share}
      problem={upload.error}
      mayAdd
      says="PDF, pictures, tables or text, up to 10 MB each. They go along with the invoice."
      onFile={async (file) => {
        const kept = draftId ?? (await saved.save()).draftId;
        await upload.mutateAsync({ input: { params: { draftId: kept } }, file });
      }}
    />
  );
}
