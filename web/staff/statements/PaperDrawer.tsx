// The paper of one statement beside the page: as it would be, or as it was sent.

import { Alert, Drawer, Stack } from '@mantine/core';
import { downloadAttachment } from '#delivery/contract.ts';
import { printCustomerStatement } from '#statements/contract.ts';
import { useFileUrl } from '../../lib/file.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import type { Kind } from './statement-words.ts';

/** A statement as it would be now; with a message the paper that went out by it. */
export type PaperWanted = {
  readonly customer: { readonly id: string; readonly name: string };
  readonly companyId?: string;
  /** With the customers below. */
  readonly isGroup?: boolean;
  /** What is owed to all companies; the one named writes. */
  readonly allCompanies?: boolean;
  readonly kind: Kind;
  readonly from: string;
  readonly asOf: string;
  readonly messageId?: string | undefined;
};

export function PaperDrawer({ wanted, onClose }: { readonly wanted: PaperWanted | null; onClose(): void }) {
  return (
    <Drawer
      opened={wanted !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={
        wanted
          ? `${wanted.customer.name} · ${wanted.messageId ? 'as it was sent' : 'as it would be now'}`
          : ''
      }
    >
      {wanted?.messageId ? <Sent messageId={wanted.messageId} /> : null}
      {wanted && !wanted.messageId ? <Now wanted={wanted} /> : null}
    </Drawer>
  );
}

function Sent({ messageId }: { readonly messageId: string }) {
  return <Drawn file={useFileUrl(downloadAttachment, { params: { messageId, attachmentNo: 1 } })} />;
}

function Now({ wanted }: { readonly wanted: PaperWanted }) {
  const { customer, kind, from, asOf, companyId, isGroup, allCompanies } = wanted;
  const of = companyId ? (allCompanies ? { writerId: companyId } : { companyId }) : {};
  return (
    <Drawn
      file={useFileUrl(printCustomerStatement, {
        params: { customerId: customer.id },
        query: {
          kind,
          asOf,
          ...(kind === 'balance_forward' ? { from } : {}),
          ...(isGroup ? { group: 'true' as const } : {}),
          ...of,
        },
      })}
    />
  );
}

function Drawn({ file }: { readonly file: ReturnType<typeof useFileUrl> }) {
  if (file.error) return <Alert color="red">{file.error.message}</Alert>;
  return <Stack>{file.url ? <Sheet url={file.url} title="Statement of account" /> : null}</Stack>;
}
