// Which causes make tasks and by when, and which member is given what.

import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Switch,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import {
  CAUSE_KINDS,
  CAUSE_NEEDS,
  listTaskSkills,
  readTaskRules,
  setTaskRules,
  setTaskSkill,
} from '#tasks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { CAUSE_WORDS, KIND_WORDS } from './task-words.ts';

type Rules = Reply<typeof readTaskRules>;
type Rule = Rules['rules'][number];
type Skills = Reply<typeof listTaskSkills>;
type SkillRow = Skills['rows'][number];

export default function TaskRulesPage() {
  const rules = useRead(readTaskRules);
  const skills = useRead(listTaskSkills);
  return (
    <Page
      title="Tasks: rules and skills"
      subtitle="What becomes a task, by when it is to be done, and who gets it."
    >
      <Shown read={rules}>{(found) => <RuleTable key={found.number} found={found} />}</Shown>
      <Shown read={skills}>{(found) => <SkillTable found={found} />}</Shown>
    </Page>
  );
}

function RuleTable({ found }: { readonly found: Rules }) {
  const save = useCommand(setTaskRules);
  const [rules, setRules] = useState<readonly Rule[]>(found.rules);
  const mayNot = found.may.set !== true;
  const set = (kind: Rule['kind'], more: Partial<Rule>): void =>
    setRules(rules.map((rule) => (rule.kind === kind ? { ...rule, ...more } : rule)));
  return (
    <Panel
      title="What makes tasks"
      actions={
        mayNot ? null : (
          <Button
            size="compact-sm"
            loading={save.isPending}
            disabled={JSON.stringify(rules) === JSON.stringify(found.rules)}
            onClick={() => save.mutate({ body: { rules: rules.map((rule) => ({ ...rule })) } })}
          >
            Save
          </Button>
        )
      }
    >
      {save.error ? <Trouble problem={save.error} /> : null}
      <Scroll minWidth={860} label="What makes tasks">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Cause</Table.Th>
              <Table.Th>From amount</Table.Th>
              <Table.Th>Days</Table.Th>
              <Table.Th>Done within, h</Table.Th>
              <Table.Th>Escalated after, h</Table.Th>
              <Table.Th>Takes, min</Table.Th>
              <Table.Th>Urgent</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((rule) => (
              <Table.Tr key={rule.kind}>
                <Table.Td>
                  <Switch
                    label={CAUSE_WORDS[rule.kind]}
                    checked={rule.isOn}
                    disabled={mayNot}
                    onChange={(event) => set(rule.kind, { isOn: event.currentTarget.checked })}
                  />
                </Table.Td>
                {(['amount', 'days', 'doneHours', 'escalateHours', 'minutes'] as const).map((key) => (
                  <Table.Td key={key}>
                    <Cell rule={rule} field={key} disabled={mayNot || !rule.isOn} onSet={set} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <Checkbox
                    aria-label={`${KIND_WORDS[rule.kind]}: urgent`}
                    checked={rule.isUrgent}
                    disabled={mayNot || !rule.isOn}
                    onChange={(event) => set(rule.kind, { isUrgent: event.currentTarget.checked })}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt="sm">
        Hours are of business, as the company of the account counts them. Amounts are whole units of the
        currency in which it keeps its books.
      </Text>
    </Panel>
  );
}

const FIELD_WORDS = {
  amount: 'from amount',
  days: 'days',
  doneHours: 'hours to be done',
  escalateHours: 'hours to escalate',
  minutes: 'minutes',
} as const;

type CellProps = {
  readonly rule: Rule;
  readonly field: keyof typeof FIELD_WORDS;
  readonly disabled: boolean;
  onSet(kind: Rule['kind'], more: Partial<Rule>): void;
};

function Cell({ rule, field, disabled, onSet }: CellProps) {
  const isAsked = (field !== 'amount' && field !== 'days') || CAUSE_NEEDS[rule.kind].includes(field);
  if (!isAsked) return null;
  return (
    <NumberInput
      aria-label={`${KIND_WORDS[rule.kind]}: ${FIELD_WORDS[field]}`}
      w={field === 'amount' ? 110 : 84}
      min={field === 'amount' || field === 'days' ? 0 : 1}
      allowDecimal={false}
      thousandSeparator={field === 'amount'}
      disabled={disabled}
      value={rule[field] ?? 0}
      onChange={(value) => onSet(rule.kind, { [field]: Number(value) || 0 })}
    />
  );
}

function SkillTable({ found }: { readonly found: Skills }) {
  const [editing, setEditing] = useState<SkillRow>();
  const mayNot = found.may.set !== true;
  return (
    <Panel title="Who gets what">
      <Scroll minWidth={760} label="Who gets what">
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Member</Table.Th>
              <Table.Th>Is given</Table.Th>
              <Table.Th className="numeric">Minutes a day</Table.Th>
              <Table.Th className="numeric">Has</Table.Th>
              <Table.Th>Away</Table.Th>
              <Table.Th aria-label="What to do" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.rows.map((row) => (
              <Table.Tr key={row.userId}>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td>
                  <Text size="sm">{skillWords(row, found)}</Text>
                </Table.Td>
                <Table.Td className="numeric">{countText(row.skill.minutesADay)}</Table.Td>
                <Table.Td className="numeric">
                  {countText(row.tasks)} · {countText(row.minutes)} min
                </Table.Td>
                <Table.Td>{row.substitute ? `${row.substitute.name} stands in` : '–'}</Table.Td>
                <Table.Td>
                  {mayNot ? null : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Change what ${row.name} is given`}
                      onClick={() => setEditing(row)}
                    >
                      Change
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt="sm">
        Whoever an account or a hold belongs to gets its tasks in any case, or their substitute. The others go
        to whoever fits and has the least to do for what they can do in a day.
      </Text>
      {editing ? <SkillDialog row={editing} found={found} onClose={() => setEditing(undefined)} /> : null}
    </Panel>
  );
}

function skillWords({ skill }: SkillRow, { companies }: Skills): string {
  if (!skill.takes) return 'only what is theirs';
  const codes = companies.filter(({ id }) => skill.companyIds.includes(id)).map(({ code }) => code);
  const amounts = [
    skill.amountFrom === null ? '' : `from ${countText(skill.amountFrom)}`,
    skill.amountTo === null ? '' : `below ${countText(skill.amountTo)}`,
  ].filter(Boolean);
  const parts = [
    skill.kinds.map((kind) => KIND_WORDS[kind]).join(', '),
    skill.languages.join(', '),
    codes.join(', '),
    skill.policies.join(', '),
    amounts.join(' and '),
  ].filter(Boolean);
  return parts.length === 0 ? 'everything' : parts.join(' · ');
}

type SkillDialogProps = { readonly row: SkillRow; readonly found: Skills; onClose(): void };

function SkillDialog({ row, found, onClose }: SkillDialogProps) {
  const save = useCommand(setTaskSkill);
  const [skill, setSkill] = useState(row.skill);
  const [languages, setLanguages] = useState(row.skill.languages.join(', '));
  const set = (more: Partial<SkillRow['skill']>): void => setSkill({ ...skill, ...more });
  const amount = (value: string | number): number | null => (value === '' ? null : Number(value));
  const body = {
    ...skill,
    languages: languages
      .split(/[\s,]+/)
      .map((one) => one.toLowerCase())
      .filter(Boolean),
  };
  return (
    <FormDialog
      title={`What ${row.name} is given`}
      opened
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { userId: row.userId }, body }, { onSuccess: onClose })}
      submitLabel="Save"
      busy={save.isPending}
      problem={save.error}
    >
      <Switch
        label="Is given tasks that are nobody’s"
        checked={skill.takes}
        onChange={(event) => set({ takes: event.currentTarget.checked })}
      />
      <MultiSelect
        label="About"
        placeholder={skill.kinds.length === 0 ? 'everything' : ''}
        data={CAUSE_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        value={skill.kinds}
        onChange={(kinds) => set({ kinds: kinds as SkillRow['skill']['kinds'] })}
      />
      <TextInput
        label="Languages of customers"
        description="Two letters each, such as de, fr; none for any."
        value={languages}
        onChange={(event) => setLanguages(event.currentTarget.value)}
      />
      {found.companies.length > 1 ? (
        <MultiSelect
          label="Companies"
          placeholder={skill.companyIds.length === 0 ? 'any' : ''}
          data={found.companies.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
          value={skill.companyIds}
          onChange={(companyIds) => set({ companyIds })}
        />
      ) : null}
      {found.policies.length > 1 ? (
        <MultiSelect
          label="Customers asked by the policy"
          placeholder={skill.policies.length === 0 ? 'any' : ''}
          data={found.policies.map(({ code, name }) => ({ value: code, label: name }))}
          value={skill.policies}
          onChange={(policies) => set({ policies })}
        />
      ) : null}
      <Group grow align="flex-start">
        <NumberInput
          label="From amount"
          min={0}
          allowDecimal={false}
          thousandSeparator
          value={skill.amountFrom ?? ''}
          onChange={(value) => set({ amountFrom: amount(value) })}
        />
        <NumberInput
          label="Below amount"
          min={1}
          allowDecimal={false}
          thousandSeparator
          value={skill.amountTo ?? ''}
          onChange={(value) => set({ amountTo: amount(value) })}
        />
      </Group>
      <NumberInput
        label="Minutes a day for tasks"
        required
        min={10}
        max={1440}
        allowDecimal={false}
        value={skill.minutesADay}
        onChange={(value) => set({ minutesADay: Number(value) || 10 })}
      />
    </FormDialog>
  );
}
