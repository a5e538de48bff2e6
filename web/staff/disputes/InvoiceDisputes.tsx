// What of an invoice is disputed, and opening a dispute on it.

import { Button, Group, Stack, Text } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { useState } from 'react';
import { listDisputes } from '#disputes/contract.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { useMay } from '../../lib/may.ts';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import type { Invoice } from '../invoicing/InvoicePage.tsx';
import { AmountBar } from './AmountBar.tsx';
import { OpenDialog } from './OpenDialog.tsx';

export function InvoiceDisputes({ invoice }: { readonly invoice: Invoice }) {
  const pages = usePages(listDisputes, { query: { documentId: invoice.id } });
  const [opening, setOpening] = useState(false);
  const mayRecord = useMay('dispute.record');
  const items = invoice.items.filter((item) => Number(item.open.amount) > 0);
  const button =
    mayRecord && items.length > 0 ? (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconGavel size={15} aria-hidden />}
        onClick={() => setOpening(true)}
      >
        The customer disputes this
      </Button>
    ) : null;
  return (
    <Shown read={pages}>
      {() => {
        const rows = rowsOf(pages.data);
        return (
          <Panel title="Disputes" actions={rows.length > 0 ? button : null}>
            {rows.length === 0 ? (
              <Empty icon={<IconGavel size={36} stroke={1.4} />} title="Nothing is disputed" action={button}>
                A disputed part is not chased and bears no interest until it is decided.
              </Empty>
            ) : (
              <Stack gap="lg">
                {rows.map((row) => (
                  <div key={row.disputeId}>
                    <Group gap="xs" mb={6}>
                      <TenantLink to={`disputes/${row.disputeId}`}>{row.number}</TenantLink>
                      <StateBadge state={row.outcome ?? row.state} />
                      <Text size="sm">{row.reasonName}</Text>
                    </Group>
                    <AmountBar amounts={row.amounts} />
                  </div>
                ))}
              </Stack>
            )}
            {opening ? (
              <OpenDialog
                title={`Dispute of ${invoice.number}`}
                items={items}
                onClose={() => setOpening(false)}
              />
            ) : null}
          </Panel>
        );
      }}
    </Shown>
  );
}
