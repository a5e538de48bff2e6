// Stopping an experiment, with the reason.

import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { stopExperiment } from '#experiments/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { Experiment } from './experiment-words.ts';

export function StopDialog({ experiment, onClose }: { readonly experiment: Experiment; onClose(): void }) {
  const stop = useCommand(stopExperiment);
  const [note, setNote] = useState('');
  const { experimentId, name } = experiment;
  return (
    <FormDialog
      title={`Stop ${name}`}
      opened
      onClose={onClose}
      onSubmit={() => stop.mutate({ params: { experimentId }, body: { note } }, { onSuccess: onClose })}
      submitLabel="Stop it"
      busy={stop.isPending}
      problem={stop.error}
      danger
    >
      <TextInput
        label="Why"
        required
        data-autofocus
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        From now on everybody is told as usual. What it has shown stays.
      </Text>
    </FormDialog>
  );
}
