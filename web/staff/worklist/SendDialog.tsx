// Sending the statement of account from the desk: asked once more, for a letter or mail that left does not come back.

import { Text } from '@mantine/core';
import { sendStatement } from '#statements/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';
import type { Desk } from './OutcomeDialog.tsx';

type SendDialogProps = {
  readonly desk: Desk;
  onClose(): void;
  /** Told when it is on its way, with who gets it. */
  onSent(recipient: string): void;
};

export function SendDialog({ desk, onClose, onSent }: SendDialogProps) {
  const send = useCommand(sendStatement);
  const submit = (): void =>
    send.mutate(
      { params: { customerId: desk.customer.id }, body: { companyId: desk.company.id } },
      {
        onSuccess: ({ recipient }) => {
          onSent(recipient);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`Send ${desk.customer.name} a statement of account?`}
      opened
      onClose={onClose}
      onSubmit={submit}
      submitLabel="Send"
      busy={send.isPending}
      problem={send.error}
      isPlain
    >
      <Text size="sm">The customer gets what is open, by the way it wants.</Text>
    </FormDialog>
  );
}
