// Settings, one tab for each matter; which ones are shown follows from what one may.

import { Select, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAddress } from '../../lib/address.ts';
import { useMay } from '../../lib/may.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Page } from '../../ui/Page.tsx';
import { Channels } from '../alerts/Channels.tsx';
import { Policies } from '../approvals/Policies.tsx';
import { SoftPhone } from '../calls/SoftPhone.tsx';
import { CompanyChecks } from '../checks/CompanyChecks.tsx';
import { Sending } from '../delivery/Sending.tsx';
import { DifferenceSettings } from '../differences/DifferenceSettings.tsx';
import { CreditReasons } from '../invoicing/CreditReasons.tsx';
import { Footnotes } from '../invoicing/Footnotes.tsx';
import { NumberSeries } from '../ledger/NumberSeries.tsx';
import { Periods } from '../ledger/Periods.tsx';
import { Rates } from '../ledger/Rates.tsx';
import { Companies } from '../parties/Companies.tsx';
import { MatchingSettings } from '../paying/MatchingSettings.tsx';
import { LookOfDocuments } from '../printing/Look.tsx';
import { Signing } from '../signing/Signing.tsx';
import { PaymentTerms } from '../terms/PaymentTerms.tsx';
import { WriteOffLimits } from '../writeoffs/WriteOffLimits.tsx';
import { Account } from './Account.tsx';
import { ApiKeys } from './ApiKeys.tsx';
import { Members } from './Members.tsx';

type Matter = { readonly key: string; readonly label: string; readonly shown: boolean; show(): ReactNode };

export default function SettingsPage() {
  const [search, setSearch] = useAddress();
  const mayPeople = useMay('member.manage');
  const mayKeys = useMay('api_key.manage');
  const matters: readonly Matter[] = [
    { key: 'companies', label: 'Companies', shown: true, show: () => <Companies /> },
    { key: 'look', label: 'Documents', shown: true, show: () => <LookOfDocuments /> },
    { key: 'signing', label: 'Signing', shown: true, show: () => <Signing /> },
    { key: 'footnotes', label: 'Footnotes', shown: true, show: () => <Footnotes /> },
    { key: 'credit-reasons', label: 'Credit reasons', shown: true, show: () => <CreditReasons /> },
    { key: 'sending', label: 'Sending', shown: true, show: () => <Sending /> },
    { key: 'calling', label: 'Calling', shown: true, show: () => <SoftPhone /> },
    { key: 'chat', label: 'Chat', shown: true, show: () => <Channels /> },
    { key: 'terms', label: 'Payment terms', shown: true, show: () => <PaymentTerms /> },
    { key: 'checks', label: 'Checks', shown: true, show: () => <CompanyChecks /> },
    { key: 'matching', label: 'Matching', shown: true, show: () => <MatchingSettings /> },
    { key: 'differences', label: 'Differences', shown: true, show: () => <DifferenceSettings /> },
    { key: 'write-offs', label: 'Write-offs', shown: true, show: () => <WriteOffLimits /> },
    { key: 'periods', label: 'Periods', shown: true, show: () => <Periods /> },
    { key: 'rates', label: 'Exchange rates', shown: true, show: () => <Rates /> },
    { key: 'numbers', label: 'Numbers', shown: true, show: () => <NumberSeries /> },
    { key: 'approvals', label: 'Approvals', shown: true, show: () => <Policies /> },
    { key: 'people', label: 'People', shown: mayPeople, show: () => <Members /> },
    { key: 'keys', label: 'API keys', shown: mayKeys, show: () => <ApiKeys /> },
    { key: 'account', label: 'Your account', shown: true, show: () => <Account /> },
  ];
  const shown = matters.filter((matter) => matter.shown);
  const tab = shown.find((matter) => matter.key === search.tab)?.key ?? 'companies';
  const go = (key: string | null): void => setSearch({ tab: key ?? '' });
  const isNarrow = useIsNarrow();
  if (isNarrow)
    return (
      <Page title="Settings">
        <Select
          aria-label="Matter"
          data={shown.map(({ key, label }) => ({ value: key, label }))}
          value={tab}
          onChange={go}
          allowDeselect={false}
          mb="md"
        />
        {shown.find(({ key }) => key === tab)?.show()}
      </Page>
    );
  return (
    <Page title="Settings">
      <Tabs value={tab} onChange={go} keepMounted={false} orientation="vertical">
        <Tabs.List aria-label="Matters">
          {shown.map((matter) => (
            <Tabs.Tab key={matter.key} value={matter.key}>
              {matter.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((matter) => (
          <Tabs.Panel key={matter.key} value={matter.key} pl="lg" miw={0}>
            {matter.show()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
