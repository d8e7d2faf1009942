package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;

/** Puts values into the fields of a form, so that the page's scripts see what they would see of a person. */
final class Filling {
    /** Selects what a text field holds, to be typed over; sets other fields at once. Tells which, or what is wrong. */
    private static final String PREPARE = """
            (element, value) => {
              const tell = () => {
                element.dispatchEvent(new Event('input', { bubbles: true }));
                element.dispatchEvent(new Event('change', { bubbles: true }));
                return 'set';
              };
              if (element.disabled || element.readOnly) return 'the element is disabled or read-only';
              if (element instanceof HTMLSelectElement) {
                const option = [...element.options].find(o => o.value === value || o.label.trim() === value.trim());
                const labels = [...element.options].map(o => o.label).join(', ');
                if (!option) return 'the select has no such option; it has: ' + labels;
                option.selected = true;
                return tell();
              }
              element.scrollIntoView({ block: 'center', behavior: 'instant' });
              element.focus();
              if (element instanceof HTMLInputElement) {
                if (['checkbox', 'radio', 'submit', 'button', 'image', 'reset'].includes(element.type))
                  return 'an input of type ' + element.type + ' is clicked, not filled';
                if (element.type === 'file') return 'files cannot be uploaded';
                if (['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(element.type)) {
                  element.value = value;
                  if (element.value === value) return tell();
                  return 'the input of type ' + element.type + ' does not take this value';
                }
                element.select();
                return 'type';
              }
              if (element instanceof HTMLTextAreaElement) { element.select(); return 'type'; }
              if (element.isContentEditable) { document.getSelection().selectAllChildren(element); return 'type'; }
              return 'the element is no input, textarea or select';
            }""";

    private static final String CHANGED =
            "element => { element.dispatchEvent(new Event('change', { bubbles: true })) }";

    private Filling() {}

    static void fill(Tab tab, String selector, String value) throws BrowserFailure, InterruptedException {
        JsonNode outcome = PageScript.onElement(tab, selector, PREPARE, value);
        switch (outcome.asText()) {
            case "set" -> {
                // The page's scripts have heard of it.
            }
            case "type" -> {
                type(tab, value);
                PageScript.onElement(tab, selector, CHANGED);
            }
            default -> throw new BrowserFailure("'" + selector + "' cannot be filled: " + outcome.asText());
        }
    }

    private static void type(Tab tab, String value) throws BrowserFailure, InterruptedException {
        if (value.isEmpty()) {
            PageScript.call(tab, "function() { document.execCommand('delete') }");
        } else {
            tab.ask("Input.insertText", DevTools.parameters().put("text", value));
        }
    }
}
