// Whether somebody changed what a form came with.
function isChanged(control) {
  if (control.type === "hidden" || control.type === "submit") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((one) => one.selected !== one.defaultSelected) && control.selectedIndex > 0;
  return control.value !== undefined && control.value !== (control.defaultValue ?? "");
}

export const isTypedInto = (form) => [...form.elements].some(isChanged);
