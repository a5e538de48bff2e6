// What a policy says besides its steps: gap, least amount, and what becomes of the rest when something is paid, promised or disputed.

import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { POLICY_CHOICES } from '#policies/contract.ts';
import { CURRENCY_CHOICES } from '../../ui/choices.ts';
import type { FilePolicy } from './policy-words.ts';

/** What each choice does, as a person decides it. */
const WORDS: Readonly<Record<string, string>> = {
  customer: 'One message about everything (usual)',
  invoice: 'One message for each invoice',
  resume_by_age: 'Each other goes by its own age (usual)',
  restart: 'Others start again at the first step they have not heard',
  continue_level: 'The tone the customer has reached is kept',
  promised_part: 'Only what is promised (usual)',
  disputed_part: 'Only what is disputed (usual)',
  nothing: 'Nothing: it is asked for all the same',
  everything: 'The whole account',
  never: 'Never (usual)',
  nothing_overdue: 'When nothing else is overdue',
  always: 'Whenever something is paid',
};

const options = (values: readonly string[]) =>
  values.map((value) => ({ value, label: WORDS[value] ?? value }));

type PolicyRulesProps = { readonly policy: FilePolicy; onChange(policy: FilePolicy): void };

export function PolicyRules({ policy, onChange }: PolicyRulesProps) {
  const set = (change: Partial<FilePolicy>): void => onChange({ ...policy, ...change });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
      <NumberInput
        label="Days between two messages at least"
        description="Whatever they are about, and whichever company writes."
        min={0}
        max={365}
        allowDecimal={false}
        value={policy.minimumGapDays ?? 0}
        onChange={(value) => (typeof value === 'number' ? set({ minimumGapDays: value }) : undefined)}
      />
      <LeastAmount policy={policy} onChange={onChange} />
      <Select
        label="Messages"
        description="In one message the invoice that is furthest sets the tone."
        allowDeselect={false}
        data={options(POLICY_CHOICES.groupings)}
        value={policy.grouping ?? 'customer'}
        onChange={(value) => set({ grouping: value ?? undefined })}
      />
      <Select
        label="When the invoice that carried the last message is paid"
        description="What the others that are open hear next. A step that is never skipped is not skipped by it."
        allowDeselect={false}
        data={options(POLICY_CHOICES.afterCarrier)}
        value={policy.afterCarrier ?? 'resume_by_age'}
        onChange={(value) => set({ afterCarrier: value ?? undefined })}
      />
      <Select
        label="A promise to pay stops"
        description="Until the promised day and its tolerance are over."
        allowDeselect={false}
        data={options(POLICY_CHOICES.promisePauses)}
        value={policy.promisePauses ?? 'promised_part'}
        onChange={(value) => set({ promisePauses: value ?? undefined })}
      />
      <Select
        label="A dispute stops"
        description="Chasing. What it does to interest and credit is set with charges and disputes."
        allowDeselect={false}
        data={options(POLICY_CHOICES.disputePauses)}
        value={policy.disputePauses ?? 'disputed_part'}
        onChange={(value) => set({ disputePauses: value ?? undefined })}
      />
      <Select
        label="Thanks when they pay"
        description="One message for each payment."
        allowDeselect={false}
        data={options(POLICY_CHOICES.thanks)}
        value={policy.thanks ?? 'never'}
        onChange={(value) => set({ thanks: value ?? undefined })}
      />
    </SimpleGrid>
  );
}

function LeastAmount({ policy, onChange }: PolicyRulesProps) {
  const { minimumAmount } = policy;
  return (
    <TextInput
      label="From which amount on"
      description="What may be asked for must come to so much; empty for any amount."
      placeholder="any amount"
      inputMode="decimal"
      value={minimumAmount?.amount ?? ''}
      onChange={(event) => {
        const amount = event.currentTarget.value.trim();
        onChange({
          ...policy,
          minimumAmount: amount === '' ? undefined : { currency: minimumAmount?.currency ?? 'EUR', amount },
        });
      }}
      {...(minimumAmount === undefined
        ? {}
        : {
            rightSectionWidth: 96,
            rightSection: (
              <Select
                aria-label="Currency of the least amount"
                variant="unstyled"
                size="xs"
                allowDeselect={false}
                data={CURRENCY_CHOICES}
                searchable
                value={minimumAmount.currency}
                onChange={(currency) =>
                  currency
                    ? onChange({ ...policy, minimumAmount: { ...minimumAmount, currency } })
                    : undefined
                }
              />
            ),
          })}
    />
  );
}
