// From which probability on a company's receipts are applied by themselves, and suggested.

import { Group, RangeSlider, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { GROUP_PAYMENTS, getMatchingRules, replaceMatchingRules, UNKNOWN_PAYERS } from '#paying/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

export function MatchingSettings() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const companyId = chosen || (companies?.[0]?.id ?? '');
  const read = useRead(getMatchingRules, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Panel title="What the machine may apply">
      <Stack>
        <Text size="sm" c="dimmed">
          Whatever a receipt could be for is weighed. What is sure enough is applied without a person, with a
          certificate that says why; what is likely is suggested; the rest waits. A customer can have a method
          of its own, on its page.
        </Text>
        {(companies?.length ?? 0) > 1 ? (
          <CompanySelect value={companyId} onChange={setChosen} width={320} />
        ) : null}
        <Shown read={read}>
          {(found) => <RulesForm key={companyId} companyId={companyId} found={found} />}
        </Shown>
      </Stack>
    </Panel>
  );
}

const UNKNOWN_WORDS: Readonly<Record<(typeof UNKNOWN_PAYERS)[number], string>> = {
  suggest: 'Suggest who it may be (usual)',
  apply: 'Apply it where hardly anybody else could be meant',
  never: 'Leave it alone',
};

const GROUP_WORDS: Readonly<Record<(typeof GROUP_PAYMENTS)[number], string>> = {
  never: 'A person looks at it (usual)',
  debts: 'Apply it to what they owe, each less its own credits',
  net: 'Apply it, also less credits of one another',
};

const MARKS = [{ value: 20 }, { value: 50 }, { value: 90 }];
const APPLY_MIN = 50;

function RulesForm({
  companyId,
  found,
}: {
  readonly companyId: string;
  readonly found: Reply<typeof getMatchingRules>;
}) {
  const mayChange = useMay('company.manage');
  const change = useCommand(replaceMatchingRules);
  const [range, setRange] = useState<[number, number]>([found.suggestFrom, found.applyFrom]);
  const [unknownPayers, setUnknownPayers] = useState(found.unknownPayers);
  const [groupPayments, setGroupPayments] = useState(found.groupPayments);
  const [suggestFrom, applyFrom] = range;
  const save = (): void =>
    change.mutate({ params: { companyId }, body: { suggestFrom, applyFrom, unknownPayers, groupPayments } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="lg" maw={620}>
        {change.error ? <Trouble problem={change.error} /> : null}
        <div>
          <Text size="sm" fw={500} mb={6}>
            How sure it has to be
          </Text>
          <RangeSlider
            value={range}
            onChange={([low, high]) => setRange([Math.max(1, low), Math.max(APPLY_MIN, high)])}
            min={1}
            max={100}
            minRange={0}
            marks={MARKS}
            label={(value) => `${value} %`}
            thumbFromLabel="Suggested from"
            thumbToLabel="Applied from"
            disabled={!mayChange}
          />
          <Group justify="space-between" mt={10} gap="xs">
            <Text size="xs">waits below {suggestFrom} %</Text>
            <Text size="xs">
              suggested from {suggestFrom} to {applyFrom} %
            </Text>
            <Text size="xs" fw={600}>
              applied from {applyFrom} %
            </Text>
          </Group>
        </div>
        <Select
          label="Where nothing but the amount says who paid"
          data={UNKNOWN_PAYERS.map((value) => ({ value, label: UNKNOWN_WORDS[value] }))}
          value={unknownPayers}
          onChange={(value) => value !== null && setUnknownPayers(value as typeof unknownPayers)}
          allowDeselect={false}
          disabled={!mayChange}
        />
        <Select
          label="Where one pays for several customers of its group"
          description="Customers below one parent. Other companies and currencies are never mixed."
          data={GROUP_PAYMENTS.map((value) => ({ value, label: GROUP_WORDS[value] }))}
          value={groupPayments}
          onChange={(value) => value !== null && setGroupPayments(value as typeof groupPayments)}
          allowDeselect={false}
          disabled={!mayChange}
        />
        {mayChange ? <SaveRow saved={change.isSuccess} saving={change.isPending} /> : null}
      </Stack>
    </form>
  );
}
