// Numbers in the digits of the page.
export const spellDigits = (told, digits) => String(told).replace(/[0-9]/g, (digit) => digits[Number(digit)]);
