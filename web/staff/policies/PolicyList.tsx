// The policies of a set in their order: for whom each is, its steps on a line, and its choices; built here while the set is a draft.

import { Button, Collapse, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { countSegments } from '#policies/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { countText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { PolicyRules } from './PolicyRules.tsx';
import { type FilePolicy, type FileStep, rulesWords, type SetFile, segmentWords } from './policy-words.ts';
import { SegmentEditor } from './SegmentEditor.tsx';
import { moved, StepPanel } from './StepPanel.tsx';
import { StepTimeline } from './StepTimeline.tsx';

export type SegmentCount = Reply<typeof countSegments>['rows'][number];

type PolicyListProps = {
  readonly file: SetFile;
  /** Whom each policy would have today, where it is known. */
  readonly counts?: readonly SegmentCount[] | undefined;
  readonly onChange?: ((file: SetFile) => void) | undefined;
};

export function PolicyList({ file, counts, onChange }: PolicyListProps) {
  const { policies } = file;
  const last = policies.length - 1;
  const [dragged, setDragged] = useState<number | null>(null);
  const save = (next: readonly FilePolicy[]): void => onChange?.({ ...file, policies: next });
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= last || from === to) return;
    const next = [...policies];
    const [one] = next.splice(from, 1);
    if (one) next.splice(to, 0, one);
    save(next);
  };
  const change = (place: number) => (policy: FilePolicy) =>
    save(policies.map((one, index) => (index === place ? policy : one)));
  const add = (): void => save([...policies.slice(0, last), newPolicy(policies), ...policies.slice(last)]);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        The first policy whose rule is true of a customer counts, and no other; the last is for everybody
        else.
      </Text>
      {policies.map((policy, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a second way; the buttons are the first
        <div
          key={policy.code}
          draggable={dragged === index}
          onDragOver={(event) => (dragged === null ? undefined : event.preventDefault())}
          onDrop={() => {
            if (dragged !== null) move(dragged, index);
            setDragged(null);
          }}
          onDragEnd={() => setDragged(null)}
        >
          <OnePolicy
            policy={policy}
            place={index}
            count={counts?.find(({ code }) => code === policy.code)}
            onChange={onChange ? change(index) : undefined}
            onRemove={
              onChange && index < last ? () => save(policies.filter((one) => one !== policy)) : undefined
            }
            rank={
              onChange && index < last && last > 1 ? (
                <Rank
                  name={policy.name}
                  onGrip={() => setDragged(index)}
                  onUp={index === 0 ? undefined : () => move(index, index - 1)}
                  onDown={index >= last - 1 ? undefined : () => move(index, index + 1)}
                />
              ) : null
            }
          />
        </div>
      ))}
      {onChange ? (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add a policy
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

/** A policy to begin with, before that for everybody, with its steps. */
function newPolicy(policies: readonly FilePolicy[]): FilePolicy {
  const codes = new Set(policies.map(({ code }) => code));
  let number = policies.length;
  while (codes.has(`policy_${number}`)) number += 1;
  const everybody = policies.at(-1);
  return {
    ...(everybody ?? { steps: [{ offsetDays: 7, phase: 'reminder' }] }),
    code: `policy_${number}`,
    name: `Policy ${number}`,
    segment: { attribute: 'oldest_days_overdue', is: 'at_least', value: 30 },
  };
}

type RankProps = {
  readonly name: string;
  onGrip(): void;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
};

function Rank({ name, onGrip, onUp, onDown }: RankProps) {
  return (
    <Group gap={4} wrap="nowrap">
      <span className="rank-grip" aria-hidden title="Drag to another place" onPointerDown={onGrip}>
        <IconGripVertical size={16} />
      </span>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${name} earlier`}
        disabled={onUp === undefined}
        onClick={onUp}
      >
        <IconArrowUp size={16} aria-hidden />
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${name} later`}
        disabled={onDown === undefined}
        onClick={onDown}
      >
        <IconArrowDown size={16} aria-hidden />
      </Button>
    </Group>
  );
}

type OnePolicyProps = {
  readonly policy: FilePolicy;
  readonly place: number;
  readonly count: SegmentCount | undefined;
  readonly rank: React.ReactNode;
  readonly onChange: ((policy: FilePolicy) => void) | undefined;
  readonly onRemove: (() => void) | undefined;
};

function OnePolicy({ policy, place, count, rank, onChange, onRemove }: OnePolicyProps) {
  const [isOpen, setOpen] = useState(false);
  const isForRest = policy.segment === 'everybody';
  return (
    <Panel title={`${place + 1}. ${policy.name}`} actions={rank}>
      <Stack gap="sm">
        <Text size="sm">For {place > 0 && isForRest ? 'everybody else' : segmentWords(policy.segment)}</Text>
        {count ? <Counted count={count} /> : null}
        {onChange ? (
          <Steps policy={policy} onChange={onChange} />
        ) : (
          <StepTimeline name={policy.name} steps={policy.steps} />
        )}
        <Text size="sm" c="dimmed">
          {rulesWords(policy).join('. ')}.
        </Text>
        {onChange ? (
          <>
            <Group gap="xs">
              <Button
                size="xs"
                variant="default"
                aria-expanded={isOpen}
                aria-label={`${isOpen ? 'Close' : 'Change'} rule and choices of ${policy.name}`}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? 'Close' : 'Rule and choices'}
              </Button>
              {onRemove ? (
                <Button
                  size="xs"
                  variant="subtle"
                  color="red"
                  aria-label={`Remove ${policy.name}`}
                  onClick={onRemove}
                >
                  Remove
                </Button>
              ) : null}
            </Group>
            <Collapse expanded={isOpen}>
              <Stack>
                <TextInput
                  label="Name"
                  maw={320}
                  maxLength={100}
                  value={policy.name}
                  onChange={(event) => onChange({ ...policy, name: event.currentTarget.value })}
                />
                {isForRest ? null : (
                  <div>
                    <Text size="sm" fw={500} mb={4}>
                      For whom
                    </Text>
                    <SegmentEditor
                      segment={policy.segment}
                      onChange={(segment) => onChange({ ...policy, segment })}
                    />
                  </div>
                )}
                <PolicyRules policy={policy} onChange={onChange} />
              </Stack>
            </Collapse>
          </>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** The steps of a draft: one is chosen on the line, and changed below it. */
function Steps({ policy, onChange }: { readonly policy: FilePolicy; onChange(policy: FilePolicy): void }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { steps } = policy;
  const save = (next: readonly FileStep[]): void => onChange({ ...policy, steps: next });
  const change = (index: number, step: FileStep): void =>
    save(steps.map((one, place) => (place === index ? step : one)));
  const add = (): void => {
    const days = Math.max(...steps.map(({ offsetDays }) => offsetDays));
    const phase = steps.find(({ offsetDays }) => offsetDays === days)?.phase ?? 'reminder';
    const step = moved({ offsetDays: days, phase }, days + 7);
    save([...steps, step]);
    setChosen(steps.length);
  };
  const step = chosen === null ? undefined : steps[chosen];
  return (
    <Stack gap="xs">
      <StepTimeline
        name={policy.name}
        steps={steps}
        chosen={chosen}
        onChoose={(index) => setChosen(index === chosen ? null : index)}
        onMove={(index, day) => {
          const one = steps[index];
          if (one) change(index, moved(one, day));
        }}
      />
      {step && chosen !== null ? (
        <StepPanel
          key={chosen}
          step={step}
          no={chosen + 1}
          onChange={(changed) => change(chosen, changed)}
          onRemove={
            steps.length > 1
              ? () => {
                  save(steps.filter((_, place) => place !== chosen));
                  setChosen(null);
                }
              : undefined
          }
        />
      ) : null}
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          aria-label={`Add a step to ${policy.name}`}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
        >
          Add a step
        </Button>
      </Group>
    </Stack>
  );
}

function Counted({ count }: { readonly count: SegmentCount }) {
  return (
    <Text size="sm">
      <strong>{countText(count.accounts)}</strong> {count.accounts === 1 ? 'customer' : 'customers'} today
      {count.moved > 0 ? `, ${countText(count.moved)} of them from another policy` : ''}
      {count.open.map((sum) => (
        <span key={sum.currency}>
          {' '}
          · <Money value={sum} />
        </span>
      ))}
      {count.sample.length > 0 ? (
        <>
          {' '}
          ·{' '}
          {count.sample.map((one, index) => (
            <span key={`${one.customerId} ${one.customerNumber}`}>
              {index > 0 ? ', ' : ''}
              <TenantLink to={`customers/${one.customerId}`}>{one.customerName}</TenantLink>
            </span>
          ))}
          {count.accounts > count.sample.length ? ' …' : ''}
        </>
      ) : null}
    </Text>
  );
}
