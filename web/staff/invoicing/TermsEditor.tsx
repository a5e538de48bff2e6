// When an invoice is due: on one day, by the customer's terms, or in instalments that are parts of the total.

import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { dayWords } from '../../lib/format.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { Money, type MoneyValue } from '../../ui/Money.tsx';
import { type Draft, type DraftInstalment, newInstalment } from './draft.ts';

type TermsEditorProps = {
  readonly draft: Draft;
  /** The day the customer's terms give, if they have any. */
  readonly dueByTerms: string | null;
  /** The total in parts, as the server split it. */
  readonly parts: readonly MoneyValue[];
  at(field: string): string | undefined;
  onChange(change: Partial<Draft>): void;
};

export function TermsEditor({ draft, dueByTerms, parts, at, onChange }: TermsEditorProps) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Payment"
        data={[
          { value: 'once', label: 'Due on one day' },
          { value: 'instalments', label: 'In instalments' },
        ]}
        value={draft.terms}
        onChange={(terms) => onChange({ terms: terms === 'instalments' ? 'instalments' : 'once' })}
        style={{ alignSelf: 'flex-start' }}
      />
      {draft.terms === 'once' ? (
        <DayField
          label="Due"
          description={
            draft.dueOn === '' && dueByTerms !== null
              ? `By the customer’s terms: ${dayWords(dueByTerms)}`
              : 'Empty: by the customer’s terms'
          }
          value={draft.dueOn}
          onChange={(dueOn) => onChange({ dueOn })}
          error={at('dueOn')}
          width={260}
        />
      ) : (
        <Instalments draft={draft} parts={parts} at={at} onChange={onChange} />
      )}
    </Stack>
  );
}

function Instalments({ draft, parts, at, onChange }: Omit<TermsEditorProps, 'dueByTerms'>) {
  const put = (key: number, change: Partial<DraftInstalment>): void =>
    onChange({ instalments: draft.instalments.map((i) => (i.key === key ? { ...i, ...change } : i)) });
  const wrong = at('instalments');
  return (
    <Stack gap="xs">
      {draft.instalments.map((instalment, index) => {
        const part = parts[index];
        const unreadable = instalment.percent.trim() !== '' && typedDecimal(instalment.percent) === undefined;
        return (
          <Group key={instalment.key} gap="xs" align="flex-start" wrap="nowrap">
            <DayField
              label={`Due ${index + 1}`}
              required
              value={instalment.dueOn}
              onChange={(dueOn) => put(instalment.key, { dueOn })}
              error={at(`instalments/${index}/dueOn`)}
              width={180}
            />
            <TextInput
              label="Part, %"
              required
              inputMode="decimal"
              w={90}
              value={instalment.percent}
              error={unreadable ? 'no number' : at(`instalmentPercents/${index}`)}
              onChange={(event) => put(instalment.key, { percent: event.currentTarget.value })}
              styles={{ input: { textAlign: 'end' } }}
            />
            <Text size="sm" mt={31} style={{ flex: 1 }} ta="end" component="div">
              {part ? <Money value={part} /> : '–'}
            </Text>
            <ActionIcon
              mt={28}
              variant="subtle"
              color="gray"
              aria-label={`Remove instalment ${index + 1}`}
              disabled={draft.instalments.length === 1}
              onClick={() =>
                onChange({ instalments: draft.instalments.filter((i) => i.key !== instalment.key) })
              }
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      {wrong ? (
        <Text size="sm" className="late" role="alert">
          {wrong}
        </Text>
      ) : null}
      <Button
        size="xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange({ instalments: [...draft.instalments, newInstalment('')] })}
      >
        Add an instalment
      </Button>
    </Stack>
  );
}
