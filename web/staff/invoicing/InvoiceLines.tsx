// The lines of an invoice or credit note, with what is taken off and added, its tax and its total.

import { Table, Text } from '@mantine/core';
import type { readInvoice } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords, priceText } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Invoice = Reply<typeof readInvoice>;

export function InvoiceLines({ invoice }: { readonly invoice: Invoice }) {
  if (invoice.lines.length === 0) {
    return (
      <Panel title="Lines">
        <Text size="sm" c="dimmed">
          Taken over from another system by its total.
        </Text>
      </Panel>
    );
  }
  return (
    <Panel title="Lines">
      <Scroll minWidth={0}>
        <Table className="document-lines">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Description</Table.Th>
              <Table.Th className="numeric">Quantity</Table.Th>
              <Table.Th className="numeric">Price</Table.Th>
              <Table.Th className="numeric">Tax</Table.Th>
              <Table.Th className="numeric">Net</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invoice.lines.map((line) => (
              <Table.Tr key={line.lineNo}>
                <Table.Td style={{ whiteSpace: 'pre-line' }}>
                  {line.description}
                  <Text size="xs" c="dimmed" component="div" hiddenFrom="sm">
                    {quantityWords(line)} × {priceWords(line, invoice.total.currency)}, {line.taxPercent} %
                    tax
                  </Text>
                  <LineDetails line={line} />
                </Table.Td>
                <Table.Td className="numeric line-part">{quantityWords(line)}</Table.Td>
                <Table.Td className="numeric line-part">{priceWords(line, invoice.total.currency)}</Table.Td>
                <Table.Td className="numeric line-part">{line.taxPercent} %</Table.Td>
                <Table.Td className="numeric">
                  <Money value={line.net} bare />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            {invoice.allowances.map((allowance) => (
              <Table.Tr key={invoice.allowances.indexOf(allowance)}>
                <Table.Td colSpan={4}>{allowanceWords(allowance)}</Table.Td>
                <Table.Td className="numeric">
                  {allowance.kind === 'allowance' ? '−' : ''}
                  <Money value={allowance.amount} bare />
                </Table.Td>
              </Table.Tr>
            ))}
            {invoice.taxes.map((tax) => (
              <Table.Tr key={tax.category + tax.percent}>
                <Table.Td colSpan={4}>
                  Tax {tax.percent} % on <Money value={tax.net} bare />
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={tax.tax} bare />
                </Table.Td>
              </Table.Tr>
            ))}
            {/^-?0([.]0*)?$/.test(invoice.rounding.amount) ? null : (
              <Table.Tr>
                <Table.Td colSpan={4}>Rounding</Table.Td>
                <Table.Td className="numeric">
                  <Money value={invoice.rounding} bare />
                </Table.Td>
              </Table.Tr>
            )}
            <Table.Tr>
              <Table.Th colSpan={4}>Total</Table.Th>
              <Table.Th className="numeric">
                <Money value={invoice.total} />
              </Table.Th>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </Scroll>
    </Panel>
  );
}

type Line = Invoice['lines'][number];

function quantityWords({ quantity, unit }: Line): string {
  return unit === null ? quantity : `${quantity} ${unit}`;
}

function priceWords({ unitPrice, baseQuantity }: Line, currency: string): string {
  const price = priceText(unitPrice, currency);
  return baseQuantity ? `${price} / ${baseQuantity}` : price;
}

function allowanceWords(allowance: Line['allowances'][number]): string {
  const name = allowance.reason ?? (allowance.kind === 'allowance' ? 'Discount' : 'Surcharge');
  return allowance.percent === null ? name : `${name}, ${allowance.percent} %`;
}

/** What a line says besides, small under its name. */
function LineDetails({ line }: { readonly line: Line }) {
  const period = line.periodFrom || line.periodTo;
  const parts = [
    line.detail,
    line.sellerItem === null ? null : `Item ${line.sellerItem}`,
    line.buyerItem === null ? null : `Buyer’s ${line.buyerItem}`,
    period
      ? [line.periodFrom, line.periodTo].map((on) => (on === null ? '' : dayWords(on))).join(' – ')
      : null,
    ...line.allowances.map(
      (a) => `${allowanceWords(a)}: ${a.kind === 'allowance' ? '−' : ''}${a.amount.amount}`,
    ),
    line.note,
  ].filter((part) => part !== null && part !== '');
  if (parts.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" component="div">
      {parts.join(' · ')}
    </Text>
  );
}
