// What a company gives by default and how it treats discounts, for invoices to come.

import { Button, Group, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changeTermsSetting, listPaymentTerms, readTermsSetting } from '#terms/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { CompanySelect, useCompanies } from '../../ui/CompanySelect.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

type Setting = Reply<typeof readTermsSetting>;

export function TermsSetting() {
  const companies = useCompanies();
  const [chosen, setChosen] = useState('');
  const companyId = chosen || (companies?.[0]?.id ?? '');
  const setting = useRead(readTermsSetting, { params: { companyId } }, { enabled: companyId !== '' });
  if (companies?.length === 0) return null;
  return (
    <Panel title="By default">
      <Stack>
        {(companies?.length ?? 0) > 1 ? (
          <CompanySelect value={companyId} onChange={setChosen} width={320} />
        ) : null}
        <Shown read={setting}>
          {(found) => (
            <SettingForm key={companyId + JSON.stringify(found)} companyId={companyId} found={found} />
          )}
        </Shown>
      </Stack>
    </Panel>
  );
}

const NET_COUNTRIES = { base: 'net', correctsTax: false } as const;

function SettingForm({ companyId, found }: { readonly companyId: string; readonly found: Setting }) {
  const mayChange = useMay('company.manage');
  const terms = usePages(listPaymentTerms, { query: { limit: 200 } });
  const change = useCommand(changeTermsSetting);
  const [setting, setSetting] = useState(found);
  const [countries, setCountries] = useState(found.countries.map((c) => c.country).join(', '));
  const put = (policy: Partial<Setting['policy']>): void =>
    setSetting({ ...setting, policy: { ...setting.policy, ...policy } });
  const typed = countries
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter(Boolean);
  const others = typed.map(
    (country) => setting.countries.find((c) => c.country === country) ?? { country, ...NET_COUNTRIES },
  );
  const save = (): void => change.mutate({ params: { companyId }, body: { ...setting, countries: others } });
  const isChanged = JSON.stringify({ ...setting, countries: others }) !== JSON.stringify(found);
  return (
    <Stack gap="sm">
      {change.error ? <Trouble problem={change.error} /> : null}
      <Select
        label="Terms of customers who have none of their own"
        placeholder="None: each invoice says when it is due"
        data={rowsOf(terms.data).map((t) => ({ value: t.id, label: t.name }))}
        value={setting.paymentTermsId}
        onChange={(paymentTermsId) => setSetting({ ...setting, paymentTermsId })}
        clearable
        disabled={!mayChange}
        maw={420}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="discount-base">
          A discount percentage is taken of the amount
        </Text>
        <SegmentedControl
          aria-labelledby="discount-base"
          data={[
            { value: 'gross', label: 'with tax' },
            { value: 'net', label: 'without tax' },
          ]}
          value={setting.policy.base}
          onChange={(base) => put({ base: base === 'net' ? 'net' : 'gross' })}
          disabled={!mayChange}
        />
      </div>
      <Switch
        label="A discount lowers the tax in proportion"
        checked={setting.policy.correctsTax}
        onChange={(event) => put({ correctsTax: event.currentTarget.checked })}
        disabled={!mayChange}
      />
      <Switch
        label="A part payment in time earns its part of the discount"
        checked={setting.policy.proRata}
        onChange={(event) => put({ proRata: event.currentTarget.checked })}
        disabled={!mayChange}
      />
      <Switch
        label="Nobody may grant a discount that was not earned"
        description="Off: it can be granted, and is marked as granted without right."
        checked={setting.policy.unearned === 'refuse'}
        onChange={(event) => put({ unearned: event.currentTarget.checked ? 'refuse' : 'mark' })}
        disabled={!mayChange}
      />
      <TextInput
        label="Countries where it is without tax and leaves the tax as invoiced"
        placeholder="BE, US"
        description="Country codes of customers, with commas"
        inputWrapperOrder={['label', 'input', 'description']}
        value={countries}
        onChange={(event) => setCountries(event.currentTarget.value)}
        disabled={!mayChange}
        maw={420}
      />
      {mayChange ? (
        <Group>
          <Button onClick={save} loading={change.isPending} disabled={!isChanged}>
            Save
          </Button>
          {isChanged ? (
            <Text size="sm" c="dimmed">
              For invoices to come; issued ones keep their discounts.
            </Text>
          ) : null}
        </Group>
      ) : null}
    </Stack>
  );
}
