// Interest and fees for late payment: what would be charged on a day, what was charged, by which terms and rates.

import { Tabs } from '@mantine/core';
import { useAddress } from '../../lib/address.ts';
import { Page } from '../../ui/Page.tsx';
import { ChargeList } from './ChargeList.tsx';
import { MissingRates } from './MissingRates.tsx';
import { Plan } from './Plan.tsx';
import { Policies } from './Policies.tsx';
import { ReferenceRates } from './ReferenceRates.tsx';

export default function ChargesPage() {
  const [search, setSearch] = useAddress();
  return (
    <Page
      title="Interest & fees"
      subtitle="Charges are documents of their own. The invoice stays as it is, and no day is charged twice."
    >
      <MissingRates companyId={search.company ?? ''} onRecord={() => setSearch({ tab: 'rates' })} />
      <Tabs
        value={search.tab ?? 'plan'}
        onChange={(tab) => setSearch({ tab: tab ?? '' })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="plan">To charge</Tabs.Tab>
          <Tabs.Tab value="charges">Charged</Tabs.Tab>
          <Tabs.Tab value="terms">Terms</Tabs.Tab>
          <Tabs.Tab value="rates">Reference rates</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plan" pt="md">
          <Plan />
        </Tabs.Panel>
        <Tabs.Panel value="charges" pt="md">
          <ChargeList />
        </Tabs.Panel>
        <Tabs.Panel value="terms" pt="md">
          <Policies />
        </Tabs.Panel>
        <Tabs.Panel value="rates" pt="md">
          <ReferenceRates />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
