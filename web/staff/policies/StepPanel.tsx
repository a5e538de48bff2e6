// One step of a policy in a draft: its day, phase and words, how and to whom it goes, and whether a person looks first.

import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { POLICY_CHOICES } from '#policies/contract.ts';
import { heading } from '../../lib/words.ts';
import { dayOfStep, type FileStep, OWNER } from './policy-words.ts';

const options = (values: readonly string[]) => values.map((value) => ({ value, label: heading(value) }));
const DAYS = { min: -365, max: 3650 } as const;

type StepPanelProps = {
  readonly step: FileStep;
  /** The number it has on the line. */
  readonly no: number;
  onChange(step: FileStep): void;
  /** Left out where it is the only one. */
  readonly onRemove?: (() => void) | undefined;
};

export function StepPanel({ step, no, onChange, onRemove }: StepPanelProps) {
  const set = (change: Partial<FileStep>): void => onChange({ ...step, ...change });
  return (
    <Stack gap="sm" className="step-panel" role="group" aria-label={`Step ${no}`}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        <NumberInput
          label="Days from the due date"
          description={dayOfStep(step.offsetDays)}
          {...DAYS}
          allowDecimal={false}
          value={step.offsetDays}
          onChange={(value) => (typeof value === 'number' ? set(moved(step, value)) : undefined)}
        />
        <Select
          label="Phase"
          description="No later step is in a milder one."
          allowDeselect={false}
          data={options(POLICY_CHOICES.phases)}
          value={step.phase}
          onChange={(value) => (value ? set({ phase: value, template: undefined }) : undefined)}
        />
        <Select
          label="Words"
          description="The template it is written with."
          placeholder="those of the phase"
          clearable
          data={options(POLICY_CHOICES.templates)}
          value={step.template ?? null}
          onChange={(value) => set({ template: value ?? undefined })}
        />
        <NumberInput
          label="Said again every"
          description="Days, until the next step is due."
          placeholder="once only"
          min={1}
          max={365}
          allowDecimal={false}
          value={step.everyDays ?? ''}
          onChange={(value) => set({ everyDays: typeof value === 'number' ? value : undefined })}
        />
        <Select
          label="Way"
          description="By this way alone, where one is named."
          placeholder="as the customer wants"
          clearable
          data={options(POLICY_CHOICES.channels)}
          value={step.channel ?? null}
          onChange={(value) => set({ channel: value ?? undefined })}
        />
        <Select
          label="To"
          description="The contact of this role, where there is one."
          placeholder="whom reminders go to"
          clearable
          data={options(POLICY_CHOICES.recipients)}
          value={step.recipient ?? null}
          onChange={(value) => set({ recipient: value ?? undefined })}
        />
      </SimpleGrid>
      <Sender step={step} set={set} />
      <MultiSelect
        label="Attached"
        description="What goes with the message."
        maw={360}
        data={options(POLICY_CHOICES.attachments)}
        value={[...(step.attaches ?? POLICY_CHOICES.usualAttachments)]}
        onChange={(attaches) => set({ attaches })}
      />
      <Group gap="lg">
        <Checkbox
          label="Goes out by itself"
          description="What does not waits until a person has looked at it."
          checked={step.automatic !== false}
          onChange={(event) => set({ automatic: event.currentTarget.checked ? undefined : false })}
        />
        <Checkbox
          label="Never skipped"
          description="The law or the contract asks for it: nothing firmer is said before it."
          checked={step.required === true}
          onChange={(event) => set({ required: event.currentTarget.checked || undefined })}
        />
        <Checkbox
          label="Tells what late payment has cost"
          description="Interest and fees to the day that are not charged yet."
          checked={step.showsCosts === true}
          onChange={(event) => set({ showsCosts: event.currentTarget.checked || undefined })}
        />
        <Checkbox
          label="Tells what late payment may cost"
          description="Interest and fees to come by the terms."
          checked={step.showsPenalties === true}
          onChange={(event) => set({ showsPenalties: event.currentTarget.checked || undefined })}
        />
      </Group>
      {onRemove ? (
        <Group>
          <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>
            Remove step {no}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

type SenderProps = { readonly step: FileStep; set(change: Partial<FileStep>): void };

const SPEAKERS = [
  { value: 'company', label: 'the company (usual)' },
  { value: 'owner', label: 'whoever the account belongs to' },
  { value: 'somebody', label: 'somebody by name' },
] as const;

function Sender({ step, set }: SenderProps) {
  const { sender } = step;
  const kind = sender === undefined ? 'company' : sender === OWNER ? 'owner' : 'somebody';
  const choose = (value: string | null): void => {
    if (value === 'owner') set({ sender: OWNER });
    else set({ sender: value === 'somebody' ? { name: '', address: '' } : undefined });
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      <Select
        label="In the name of"
        description="Answers go to their address."
        allowDeselect={false}
        data={SPEAKERS.map((one) => ({ ...one }))}
        value={kind}
        onChange={choose}
      />
      {sender !== undefined && sender !== OWNER ? (
        <>
          <TextInput
            label="Name"
            required
            value={sender.name}
            onChange={(event) => set({ sender: { ...sender, name: event.currentTarget.value } })}
          />
          <TextInput
            label="Address"
            type="email"
            required
            value={sender.address}
            onChange={(event) => set({ sender: { ...sender, address: event.currentTarget.value } })}
          />
        </>
      ) : null}
    </SimpleGrid>
  );
}

/** A step on another day: before the due date it can only announce, and after it do more than that. */
export function moved(step: FileStep, offsetDays: number): FileStep {
  const announces = step.phase === 'upcoming';
  if (offsetDays < 0 && !announces) return { ...step, offsetDays, phase: 'upcoming', template: undefined };
  if (offsetDays >= 0 && announces)
    return { ...step, offsetDays, phase: offsetDays === 0 ? 'due' : 'reminder', template: undefined };
  return { ...step, offsetDays };
}
