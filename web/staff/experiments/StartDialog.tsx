// Registering an experiment: what is tried, with whom, and what is measured, before it begins.

import { NumberInput, SegmentedControl, Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type listExperiments, startExperiment } from '#experiments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { heading } from '../../lib/words.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { stepDay } from './experiment-words.ts';

type Step = Reply<typeof listExperiments>['steps'][number];

const USUAL = { share: 20, windowDays: 14, points: 10, days: 3, later: 3 } as const;

type Kind = 'hold_out' | 'later' | 'other_words';

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'hold_out', label: 'Do not tell it' },
  { value: 'later', label: 'Tell it later' },
  { value: 'other_words', label: 'In other words' },
];

const keyOf = (step: Step): string => `${step.policyCode} ${step.offsetDays}`;

export function StartDialog({ steps, onClose }: { readonly steps: readonly Step[]; onClose(): void }) {
  const start = useCommand(startExperiment);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState(steps[0] ? keyOf(steps[0]) : '');
  const [kind, setKind] = useState<Kind>('hold_out');
  const [laterDays, setLaterDays] = useState<number | string>(USUAL.later);
  const [sharePercent, setShare] = useState<number | string>(USUAL.share);
  const [metric, setMetric] = useState<'share_paid' | 'days_to_pay'>('share_paid');
  const [windowDays, setWindow] = useState<number | string>(USUAL.windowDays);
  const [expected, setExpected] = useState<number | string>(USUAL.points);
  const [endsOn, setEndsOn] = useState('');
  const step = steps.find((one) => keyOf(one) === chosen);
  const submit = (): void => {
    if (!step) return;
    const { policyCode, offsetDays } = step;
    const later = kind === 'later' ? { laterDays: Number(laterDays) } : {};
    const body = {
      name,
      note,
      policyCode,
      offsetDays,
      kind,
      ...later,
      sharePercent: Number(sharePercent),
      metric,
      windowDays: Number(windowDays),
      expected: Number(expected),
      endsOn,
    };
    start.mutate({ body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title="New experiment"
      opened
      size="lg"
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Register it"
      busy={start.isPending}
      problem={start.error}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="What is expected, and why"
        required
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Select
        label="Step"
        required
        allowDeselect={false}
        data={steps.map((one) => ({
          value: keyOf(one),
          label: `${one.policyName}: ${heading(one.phase)}, ${stepDay(one.offsetDays)}`,
        }))}
        value={chosen}
        onChange={(value) => setChosen(value ?? '')}
      />
      <SegmentedControl
        aria-label="What is tried"
        data={[...KINDS]}
        value={kind}
        onChange={(value) => setKind(KINDS.find((one) => one.value === value)?.value ?? 'hold_out')}
      />
      {kind === 'other_words' ? (
        <Text size="sm" c="dimmed">
          Mails to these customers have the words written under Templates, “Other words to try”. In languages
          without such words, by post and by text message they hear the usual ones.
        </Text>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {kind === 'later' ? (
          <NumberInput
            label="Days later"
            required
            min={1}
            max={step?.laterDaysMax ?? 60}
            value={laterDays}
            onChange={setLaterDays}
          />
        ) : null}
        <NumberInput
          label="Share of customers, %"
          required
          min={1}
          max={50}
          value={sharePercent}
          onChange={setShare}
        />
        <Select
          label="What is measured"
          allowDeselect={false}
          data={[
            { value: 'share_paid', label: 'Share that paid all' },
            { value: 'days_to_pay', label: 'Days until paid' },
          ]}
          value={metric}
          onChange={(value) => {
            setMetric(value === 'days_to_pay' ? 'days_to_pay' : 'share_paid');
            setExpected(value === 'days_to_pay' ? USUAL.days : USUAL.points);
          }}
        />
        <NumberInput
          label="Within so many days"
          required
          min={1}
          max={120}
          value={windowDays}
          onChange={setWindow}
        />
        <NumberInput
          label={metric === 'share_paid' ? 'Difference hoped for, points' : 'Difference hoped for, days'}
          required
          min={1}
          max={100}
          value={expected}
          onChange={setExpected}
        />
        <DayField label="Takes customers in until" required value={endsOn} onChange={setEndsOn} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        It begins tomorrow and cannot be changed, only stopped. It ends by itself as soon as one part is shown
        to be worse off.
      </Text>
    </FormDialog>
  );
}
