// Credits that settled a part of what a payment is for, in the same act: they go back with it.

import { Badge, Group, Text } from '@mantine/core';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { documentPath } from '../ledger/document-path.ts';
import type { Payment } from './PaymentPage.tsx';

type Taken = Payment['credits'][number];

export function CreditsBeside({ credits }: { readonly credits: readonly Taken[] }) {
  if (credits.length === 0) return null;
  return (
    <ul className="plain-list" aria-label="Credits taken off beside it">
      {credits.map((one) => (
        <li key={one.applicationId}>
          <Group justify="space-between" gap="xs" mt="xs">
            <Text size="sm">
              <DocumentLink of={one.credit} /> taken off <DocumentLink of={one.item} />,{' '}
              {dayWords(one.appliedOn)}
            </Text>
            <Group gap="xs">
              {one.takenBackOn ? <Badge color="gray">taken back {dayWords(one.takenBackOn)}</Badge> : null}
              <Text size="sm" className="numeric">
                <Money value={one.amount} />
              </Text>
            </Group>
          </Group>
        </li>
      ))}
    </ul>
  );
}

function DocumentLink({ of }: { readonly of: Taken['credit'] }) {
  const path = documentPath(of);
  return path ? <TenantLink to={path}>{of.reference}</TenantLink> : of.reference;
}
