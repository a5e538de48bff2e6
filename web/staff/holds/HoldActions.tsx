// What can be done with a hold: let it last longer, give it to somebody else, release it.

import { Button, Group, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { extendHold, giveHold, readHoldOverview, releaseHold } from '#holds/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { dayWords } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { type Hold, heldWords } from './hold-words.ts';

export function HoldActions({ hold }: { readonly hold: Hold }) {
  const [changing, setChanging] = useState<'end' | 'owner' | null>(null);
  const release = useCommand(releaseHold);
  const what = heldWords(hold);
  if (hold.may.release !== true) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {hold.may.change === true ? (
        <>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Extend the hold of ${what}`}
            onClick={() => setChanging('end')}
          >
            Extend
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Give the hold of ${what} to somebody`}
            onClick={() => setChanging('owner')}
          >
            Give
          </Button>
          <ConfirmButton
            size="compact-sm"
            variant="default"
            label="Release"
            spoken={`Release the hold of ${what}`}
            title="Release the hold?"
            says={`${what} is reminded again by the next run: of the latest step that is due, once.`}
            confirmLabel="Release it"
            act={() => release.mutateAsync({ params: { holdId: hold.holdId } })}
          />
        </>
      ) : null}
      {changing === 'end' ? <ExtendDialog hold={hold} onClose={() => setChanging(null)} /> : null}
      {changing === 'owner' ? <GiveDialog hold={hold} onClose={() => setChanging(null)} /> : null}
    </Group>
  );
}

type DialogProps = { readonly hold: Hold; onClose(): void };

function ExtendDialog({ hold, onClose }: DialogProps) {
  const extend = useCommand(extendHold);
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const submit = (): void => {
    const words = filled(note);
    extend.mutate(
      { params: { holdId: hold.holdId }, body: { until, ...(words ? { note: words } : {}) } },
      { onSuccess: onClose },
    );
  };
  return (
    <FormDialog
      title={`Extend the hold of ${heldWords(hold)}`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Extend it"
      busy={extend.isPending}
      problem={extend.error}
    >
      <DayField
        label="Until"
        description={`It ends on ${dayWords(hold.endsOn)} now.`}
        required
        value={until}
        onChange={setUntil}
      />
      <Textarea
        label="Note"
        autosize
        minRows={2}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
    </FormDialog>
  );
}

function GiveDialog({ hold, onClose }: DialogProps) {
  const give = useCommand(giveHold);
  const people = useRead(readHoldOverview).data?.people ?? [];
  const [ownerId, setOwnerId] = useState<string | null>(hold.owner.userId);
  return (
    <FormDialog
      title={`Who looks after the hold of ${heldWords(hold)}?`}
      opened
      onClose={onClose}
      onSubmit={() =>
        give.mutate(
          { params: { holdId: hold.holdId }, body: { ownerId: ownerId ?? '' } },
          { onSuccess: onClose },
        )
      }
      submitLabel="Give it"
      busy={give.isPending}
      problem={give.error}
    >
      <Select
        label="Member"
        required
        data={people.map(({ userId, name }) => ({ value: userId, label: name }))}
        value={ownerId}
        onChange={setOwnerId}
      />
    </FormDialog>
  );
}
