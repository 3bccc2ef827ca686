package words

import "strings"

// Schema describes ui.toml for other programs, as JSON Schema (2020-12): what the words say unless a
// handbook says otherwise is their default. describe tells of a key where its word is shown.
func Schema(describe func(key string) string) map[string]any {
	groups := map[string]any{}
	for key, text := range defaults()["ja"] {
		group, name, _ := strings.Cut(key, ".")
		if groups[group] == nil {
			groups[group] = object(map[string]any{})
		}
		word := map[string]any{"type": "string", "pattern": `\S`, "default": text}
		if where := describe(key); where != "" {
			word["description"] = where
		}
		groups[group].(map[string]any)["properties"].(map[string]any)[name] = word
	}
	schema := object(groups)
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	return schema
}

func object(properties map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}
