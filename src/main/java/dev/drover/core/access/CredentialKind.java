package dev.drover.core.access;

/** Every kind of credential; each works in every dialect (Trinity contract, section 1.3). */
public enum CredentialKind {
    API_KEY("drv_live_"),
    TEST_KEY("drv_test_"),
    PERSONAL_TOKEN(""),
    OPERATOR_KEY("slaw_op_"),
    AGENT_KEY("sk-agent-"),
    MCP_KEY("trinity_mcp_"),
    USER_TOKEN(""),
    RUN_TOKEN("");

    private final String prefix;

    CredentialKind(String prefix) {
        this.prefix = prefix;
    }

    /** What a secret of this kind starts with; a help for people, never judged. */
    public String prefix() {
        return prefix;
    }
}
