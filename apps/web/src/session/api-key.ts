/** Whether a text can be sent as an API key: a header takes no other letters. One that was typed in another keyboard layout is no key. */
export function isSendable(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
