// What applying would do, as the server rehearsed it: items, discounts, what is dropped and by which right, deductions.

import { Alert, Table } from '@mantine/core';
import type { applyPayment } from '#payments/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { kindWords } from '../writeoffs/relief-words.ts';
import { differenceWords } from './rest.ts';

type Noted = Reply<typeof applyPayment>['discounts'][number];

function discountWords({ state, untilOn, percent }: Noted): string {
  const which = percent === null ? 'discount' : `discount of ${percent} %`;
  const until = untilOn === null ? '' : ` until ${dayWords(untilOn)}`;
  if (state === 'earned') return `${which} earned${until}`;
  if (state === 'available') return `${which} could be granted${until}`;
  if (state === 'late') return `${which} taken late (it was${until}); stays open`;
  return 'discount granted without right';
}

export function Preview({ preview }: { readonly preview: Reply<typeof applyPayment> }) {
  return (
    <Alert color="teal" variant="light" title="What would happen">
      <Table>
        <Table.Tbody>
          {preview.items.map((item) => (
            <Table.Tr key={item.itemId}>
              <Table.Td>{item.reference}</Table.Td>
              <Table.Td className="numeric">
                open after: <Money value={item.open} />
              </Table.Td>
            </Table.Tr>
          ))}
          {preview.credits.map((one) => (
            <Table.Tr key={one.applicationId}>
              <Table.Td>
                {one.reference}: {one.credit} is taken off
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={one.amount} />
              </Table.Td>
            </Table.Tr>
          ))}
          {preview.discounts.map((noted) => (
            <Table.Tr key={`${noted.itemId} ${noted.state}`}>
              <Table.Td>
                {noted.reference}: {discountWords(noted)}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={noted.discount} />
              </Table.Td>
            </Table.Tr>
          ))}
          {preview.differences.map((noted) => (
            <Table.Tr key={`${noted.itemId} ${noted.kind}`}>
              <Table.Td>
                {noted.reference}: {differenceWords(noted)}
              </Table.Td>
              <Table.Td className="numeric">
                <Money value={noted.difference} />
              </Table.Td>
            </Table.Tr>
          ))}
          {preview.deductions.map((deduction) => (
            <Table.Tr key={deduction.disputeId}>
              <Table.Td>a deduction is opened; it stays owed and is not chased</Table.Td>
              <Table.Td />
            </Table.Tr>
          ))}
          {preview.writeOffs.map((one) => (
            <Table.Tr key={one.writeOffId}>
              <Table.Td>written off as {kindWords(one.kind).toLowerCase()}</Table.Td>
              <Table.Td className="numeric">
                <Money value={one.amount} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>This payment</Table.Td>
            <Table.Td className="numeric">
              unapplied after: <Money value={preview.unapplied} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Alert>
  );
}
