// How steps that waited for a person were done. A call or visit says what came of it, by one more key, and is noted in the same act.

import { Group, Kbd, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { finishTasks } from '#tasks/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { countText } from '../../lib/format.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { DespiteField, useCalling } from '../calls/CallBars.tsx';
import { OUTCOME_WORDS as CALL_WORDS } from '../calls/call-words.ts';
import { manyWords, type TaskDialogProps } from './TaskDialogs.tsx';
import { lookedAt, OUTCOME_WORDS } from './task-words.ts';

const STEP_OUTCOMES = ['called', 'visited', 'written', 'skipped'] as const;
type StepOutcome = (typeof STEP_OUTCOMES)[number];

const STEP_WORDS = {
  called: 'We called',
  visited: 'We visited',
  written: 'We wrote by other means',
  skipped: 'Let this step pass',
} as const;

/** What came of a call, by key, as on the worklist. `noted`: it was noted today, on the worklist or the customer's page. */
const RESULTS = {
  '1': 'reached',
  '2': 'no_answer',
  '3': 'voicemail',
  '4': 'wrong_number',
  '5': 'refused',
  '6': 'call_back',
  '0': 'noted',
} as const;
type Key = keyof typeof RESULTS;
type Result = (typeof RESULTS)[Key];

const RESULT_WORDS: Readonly<Record<Result, string>> = { ...CALL_WORDS, noted: 'Noted today already' };

function isKey(key: string): key is Key {
  return key in RESULTS;
}

function outcomeWords(outcome: StepOutcome, superseded: number): string {
  const words = OUTCOME_WORDS[outcome];
  if (superseded === 0) return words;
  return `${words}; ${countText(superseded)} had been overtaken by a message or a colleague, and nothing was noted of it`;
}

/** Whether a result says all there is to say. */
function isWhole(result: Result): boolean {
  return result !== 'wrong_number' && result !== 'call_back';
}

/** How a step that waited for a person was done. */
export function FinishSteps({ tasks, onClose, onDone }: TaskDialogProps) {
  const finish = useCommand(finishTasks);
  const [outcome, setOutcome] = useState<StepOutcome>('called');
  const [result, setResult] = useState<Result>('reached');
  const [number, setNumber] = useState('');
  const [nextOn, setNextOn] = useState('');
  const [note, setNote] = useState('');
  const [despite, setDespite] = useState('');
  const customers = new Set(tasks.map((task) => task.customer?.id ?? ''));
  const hasCall = outcome === 'called' || outcome === 'visited';
  const send = (came: Result): void => {
    const words = filled(note);
    const reason = outcome === 'called' ? filled(despite) : undefined;
    const call =
      hasCall && came !== 'noted'
        ? {
            outcome: came,
            ...(words ? { note: words } : {}),
            ...(came === 'wrong_number' ? { number } : {}),
            ...(came === 'call_back' ? { nextOn } : {}),
            ...(reason ? { despite: reason } : {}),
          }
        : undefined;
    finish.mutate(
      {
        body: {
          ...lookedAt(tasks),
          outcome,
          ...(words ? { note: words } : {}),
          ...(call ? { call } : {}),
        },
      },
      {
        onSuccess: ({ actId, changed, superseded }) =>
          onDone({ actId, says: `${manyWords(changed)} closed: ${outcomeWords(outcome, superseded)}` }),
      },
    );
  };
  /** A key says what came of the call, and sends it where nothing more is asked. */
  const onKey = (event: KeyboardEvent): void => {
    const isTyped = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
    if (!hasCall || isTyped || !isKey(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const came = RESULTS[event.key];
    setResult(came);
    if (isWhole(came) && !finish.isPending) send(came);
  };
  return (
    <FormDialog
      title="How was the step done?"
      opened
      onClose={onClose}
      onSubmit={() => send(result)}
      submitLabel="Done"
      busy={finish.isPending}
      problem={finish.error}
    >
      <Stack onKeyDown={onKey}>
        <Radio.Group
          label="What was done"
          value={outcome}
          onChange={(value) => setOutcome(STEP_OUTCOMES.find((one) => one === value) ?? 'called')}
        >
          <Stack gap="xs" mt="xs">
            {STEP_OUTCOMES.map((one, index) => (
              <Radio
                key={one}
                value={one}
                label={STEP_WORDS[one]}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        {hasCall ? <Results value={result} onChange={setResult} /> : null}
        {hasCall && result === 'wrong_number' ? (
          <TextInput
            label="Number that was wrong"
            required
            type="tel"
            maxLength={50}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        ) : null}
        {hasCall && result === 'call_back' ? (
          <DayField label="Call back on" required value={nextOn} onChange={setNextOn} />
        ) : null}
        {outcome === 'called' && result !== 'noted' && customers.size === 1 ? (
          <Bars customerId={[...customers][0] ?? ''} value={despite} onChange={setDespite} />
        ) : null}
        <TextInput
          label="Note"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {customers.size > 1 && hasCall ? 'The same is noted with each customer. ' : ''}
          No message is sent for this step any more; the next step of the policy comes on its day.
        </Text>
      </Stack>
    </FormDialog>
  );
}

function Results({ value, onChange }: { readonly value: Result; onChange(result: Result): void }) {
  const keys = Object.keys(RESULTS).filter(isKey);
  return (
    <Radio.Group
      label="What came of it"
      description="A key chooses; it is noted as a call or visit of today. What was promised or is disputed is noted on the worklist first."
      value={value}
      onChange={(chosen) => onChange(Object.values(RESULTS).find((one) => one === chosen) ?? 'reached')}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" my="xs">
        {[...keys.filter((key) => key !== '0'), ...keys.filter((key) => key === '0')].map((key) => (
          <Radio
            key={key}
            value={RESULTS[key]}
            label={
              <Group gap={6} wrap="nowrap">
                <Kbd size="xs">{key}</Kbd>
                {RESULT_WORDS[RESULTS[key]]}
              </Group>
            }
          />
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

type BarsProps = { readonly customerId: string; readonly value: string; onChange(text: string): void };

function Bars({ customerId, value, onChange }: BarsProps) {
  const calling = useCalling(customerId);
  return <DespiteField calling={calling} value={value} onChange={onChange} />;
}
