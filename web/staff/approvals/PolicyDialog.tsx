// The editor of the rules for one kind of decision. The staircase beside it, and who would decide about an amount, come from
// the server as one types.

import {
  ActionIcon,
  Button,
  Grid,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { changePolicy, planPolicy } from '#approvals/contract.ts';
import type { ApiProblem, Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { BandStairs, type PolicyShown } from './BandStairs.tsx';
import {
  bandAfter,
  bandFrom,
  DECIDERS,
  type Deciding,
  type EditedBand,
  rulesOf,
  shownBands,
  withoutBand,
} from './rules.ts';
import { Staircase } from './Staircase.tsx';

const PAUSE_MS = 350;

export function PolicyDialog({ policy, onClose }: { readonly policy: PolicyShown; onClose(): void }) {
  const [bands, setBands] = useState<readonly EditedBand[]>(policy.bands.map(bandFrom));
  const [currency, setCurrency] = useState(policy.currency ?? 'EUR');
  const [order, setOrder] = useState(policy.order);
  const [expiryDays, setExpiryDays] = useState(policy.expiryDays);
  const change = useCommand(changePolicy);
  const rules = rulesOf({ bands, currency, order, expiryDays });
  const put = (index: number, band: EditedBand): void =>
    setBands((before) => before.map((old, at) => (at === index ? band : old)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(
      { params: { kind: policy.kind }, body: { version: policy.version, ...rules } },
      {
        onSuccess: () => {
          notifications.show({ message: 'The rules hold for requests to come.' });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Who decides: ${policy.title}`} size="80rem">
      <form onSubmit={submit}>
        <Grid>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Stack>
              {change.error ? <Trouble problem={change.error} /> : null}
              {bands.map((band, index) => (
                <BandFields
                  // biome-ignore lint/suspicious/noArrayIndexKey: a band is known by its place
                  key={index}
                  band={band}
                  place={{ index, count: bands.length, currency }}
                  onChange={(changed) => put(index, changed)}
                  onRemove={bands.length === 1 ? undefined : () => setBands(withoutBand(bands, index))}
                />
              ))}
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => setBands(bandAfter(bands))}
                >
                  Add a band
                </Button>
              </Group>
              <Group grow align="flex-start">
                <Select
                  label="Limits are in"
                  data={CURRENCY_CHOICES}
                  searchable
                  allowDeselect={false}
                  value={currency}
                  onChange={(code) => setCurrency(code ?? currency)}
                />
                <NumberInput
                  label="Lapses after days"
                  min={1}
                  max={366}
                  allowDecimal={false}
                  value={expiryDays}
                  onChange={(days) => setExpiryDays(Number(days))}
                />
              </Group>
              <SegmentedControl
                aria-label="Order of the steps"
                value={order}
                onChange={(value) => setOrder(value === 'parallel' ? 'parallel' : 'serial')}
                data={[
                  { value: 'serial', label: 'One step after the other' },
                  { value: 'parallel', label: 'All steps at once' },
                ]}
              />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Tried rules={rules} bands={shownBands(bands, currency)} />
          </Grid.Col>
        </Grid>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Put in force
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

const ROLE_CHOICES: { value: Deciding; label: string }[] = [
  { value: 'owner', label: 'Owner' },
  { value: 'controller', label: 'Controller' },
];

type BandFieldsProps = {
  readonly band: EditedBand;
  readonly place: { readonly index: number; readonly count: number; readonly currency: string };
  onChange(band: EditedBand): void;
  readonly onRemove: (() => void) | undefined;
};

function BandFields({ band, place, onChange, onRemove }: BandFieldsProps) {
  const isLast = place.index === place.count - 1;
  const name = place.count === 1 ? 'Whatever the amount' : isLast ? 'Above that' : `Band ${place.index + 1}`;
  return (
    <Panel
      title={name}
      actions={
        onRemove ? (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove: ${name}`} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        ) : null
      }
    >
      <Stack gap="xs">
        <Group grow align="flex-start">
          {isLast ? null : (
            <TextInput
              label={`Up to (${place.currency})`}
              required
              inputMode="decimal"
              value={band.upTo}
              onChange={(e) => onChange({ ...band, upTo: e.currentTarget.value.trim() })}
            />
          )}
          <MultiSelect
            label="Decide alone"
            data={ROLE_CHOICES}
            value={[...band.alone]}
            onChange={(alone) => onChange({ ...band, alone: alone as Deciding[] })}
            placeholder={band.alone.length === 0 ? 'nobody' : ''}
          />
        </Group>
        {band.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place
          <Group key={index} align="flex-end" wrap="nowrap" gap="xs">
            <NumberInput
              label={`Step ${index + 1}: people`}
              min={1}
              max={5}
              w={120}
              allowDecimal={false}
              value={step.people}
              onChange={(people) =>
                onChange({ ...band, steps: band.steps.with(index, { ...step, people: Number(people) }) })
              }
            />
            <Select
              label="Of"
              style={{ flex: 1 }}
              data={DECIDERS.map(({ value, label }) => ({ value, label }))}
              allowDeselect={false}
              value={step.of}
              onChange={(of) =>
                onChange({ ...band, steps: band.steps.with(index, { ...step, of: of ?? step.of }) })
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              disabled={band.steps.length === 1}
              aria-label={`Remove step ${index + 1} of: ${name}`}
              onClick={() => onChange({ ...band, steps: band.steps.toSpliced(index, 1) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={band.steps.length >= 5}
            onClick={() => onChange({ ...band, steps: [...band.steps, { people: 1, of: 'either' }] })}
          >
            Add a step
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

/** The rules as they would be, and who would decide about an amount by them. */
function Tried({
  rules,
  bands,
}: {
  readonly rules: ReturnType<typeof rulesOf>;
  readonly bands: PolicyShown['bands'];
}) {
  const [amount, setAmount] = useState('1000');
  const [text] = useDebouncedValue(JSON.stringify({ ...rules, amount }), PAUSE_MS);
  const settled = JSON.parse(text) as typeof rules & { amount: string };
  const ready = /^\d+(\.\d+)?$/.test(settled.amount) && settled.bands.every((b) => b.upTo?.amount !== '');
  const { amount: tried, ...settledRules } = settled;
  const read = useRead(
    planPolicy,
    { body: { ...settledRules, amount: { amount: tried, currency: rules.currency ?? 'EUR' } } },
    { enabled: ready },
  );
  const found = read.error ? undefined : read.data;
  return (
    <Panel title="By these rules">
      <Stack>
        <BandStairs bands={bands} order={rules.order} now={found?.band} />
        <TextInput
          label={`An amount to try (${rules.currency ?? 'EUR'})`}
          inputMode="decimal"
          value={amount}
          onChange={(e) => setAmount(e.currentTarget.value.trim())}
          maw={260}
        />
        {read.error ? <Text size="sm">{notYet(read.error)}</Text> : null}
        {found ? <Answer found={found} order={rules.order} /> : null}
      </Stack>
    </Panel>
  );
}

function notYet(problem: ApiProblem): string {
  return problem.errors.length > 0 ? 'Fill in the limits to see who would decide.' : problem.message;
}

function Answer({
  found,
  order,
}: {
  readonly found: Reply<typeof planPolicy>;
  readonly order: PolicyShown['order'];
}) {
  return (
    <div role="status">
      <Text size="sm" mb="xs">
        {found.alone.length === 0
          ? 'Whoever wants this has to ask:'
          : `${found.alone.join(' and ')} may do it alone; everybody else has to ask:`}
      </Text>
      <Staircase order={order} steps={found.steps} />
      {found.enoughPeople ? null : (
        <Text size="sm" c="red" mt="xs">
          There are too few people for these steps: some could not ask at all. Add members or ask fewer.
        </Text>
      )}
    </div>
  );
}
