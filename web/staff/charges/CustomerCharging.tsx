// How a customer is charged for late payment: what kind of debtor, own terms, and what was charged.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  changeDebtorKind,
  readChargeSettings,
  readCustomerCharging,
  replaceChargePolicy,
} from '#charges/contract.ts';
import { me } from '#identity/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ChargeList } from './ChargeList.tsx';
import { PolicyLine } from './Policies.tsx';
import { TermsDialog } from './TermsDialog.tsx';
import type { Terms } from './terms.ts';

type Charging = Reply<typeof readCustomerCharging>;
type Kind = Charging['debtorKind'];

export function CustomerCharging({ customerId }: { readonly customerId: string }) {
  const read = useRead(readCustomerCharging, { params: { customerId } });
  return (
    <Shown read={read}>
      {(charging) => (
        <Stack>
          <KindPanel customerId={customerId} charging={charging} />
          <OwnTerms customerId={customerId} charging={charging} />
          <ChargeList customerId={customerId} />
        </Stack>
      )}
    </Shown>
  );
}

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'business', label: 'Business' },
  { value: 'authority', label: 'Public authority' },
  { value: 'consumer', label: 'Consumer' },
];

function KindPanel({ customerId, charging }: { readonly customerId: string; readonly charging: Charging }) {
  const change = useCommand(changeDebtorKind);
  return (
    <Panel title="Kind of debtor">
      <Stack gap="xs">
        {change.error ? <Trouble problem={change.error} /> : null}
        <Group>
          <SegmentedControl
            aria-label="Kind of debtor"
            data={[...KINDS]}
            value={charging.debtorKind}
            disabled={charging.may.configure !== true || change.isPending}
            onChange={(value) => {
              const kind = KINDS.find((k) => k.value === value)?.value;
              if (kind) change.mutate({ params: { customerId }, body: { kind } });
            }}
          />
        </Group>
        <Text size="xs" c="dimmed">
          Consumers are left out unless the terms name them, and never owe a fixed sum.
        </Text>
      </Stack>
    </Panel>
  );
}

function OwnTerms({ customerId, charging }: { readonly customerId: string; readonly charging: Charging }) {
  const companies = useCompanies() ?? [];
  const company = companies[0]?.id ?? '';
  const settings = useRead(
    readChargeSettings,
    { query: { companyId: company } },
    { enabled: company !== '' },
  );
  const today = useRead(me).data?.today ?? '';
  const replace = useCommand(replaceChargePolicy);
  const [editing, setEditing] = useState<Terms | null>(null);
  const common = settings.data?.policies.findLast((policy) => policy.customer === null)?.terms;
  const mayEdit = charging.may.configure === true && company !== '' && today !== '';
  return (
    <Panel
      title="Terms of their own"
      actions={
        mayEdit ? (
          <Group gap={6}>
            {common ? (
              <Button size="compact-sm" variant="default" onClick={() => setEditing(common)}>
                Other terms
              </Button>
            ) : null}
            <ConfirmButton
              label="Exempt"
              title="Ask nothing of this customer"
              says="What is issued from today on bears no interest and no fees."
              confirmLabel="Exempt them"
              act={() =>
                replace.mutateAsync({
                  body: { companyId: company, customerId, validFrom: today, terms: null, exempt: true },
                })
              }
            />
          </Group>
        ) : null
      }
    >
      {charging.policies.length === 0 ? (
        <Text size="sm" c="dimmed">
          None: the terms of the company count.
        </Text>
      ) : (
        <Stack gap="xs">
          {charging.policies.toReversed().map((policy, index) => (
            <PolicyLine key={policy.policyId} policy={{ ...policy, customer: null }} isLatest={index === 0} />
          ))}
        </Stack>
      )}
      {editing ? (
        <TermsDialog
          companyId={company}
          customerId={customerId}
          start={editing}
          title="Terms of this customer"
          onClose={() => setEditing(null)}
        />
      ) : null}
    </Panel>
  );
}
