namespace PlayStationStore.Web;

/// <summary>The shapes of <see cref="Icon"/>, drawn with strokes on a grid of 24.</summary>
public static class Icons
{
    /// <summary>Shapes by name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Shapes = new Dictionary<string, string>
    {
        ["alert"] = """<path d="M12 4 2.8 20h18.4L12 4Z"/><path d="M12 10v4.5M12 17.4v.1"/>""",
        ["arrow-left"] = """<path d="M19 12H5m6-6-6 6 6 6"/>""",
        ["bell"] = """<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5Z"/><path d="M10 21h4"/>""",
        ["box"] = """<path d="m12 3 8.5 4.5v9L12 21l-8.5-4.5v-9L12 3Z"/><path d="m3.5 7.5 8.5 4.5 8.5-4.5M12 12v9"/>""",
        ["card"] = """<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18M6.5 15h4"/>""",
        ["cart"] = """<path d="M2.5 4h2.6l2.4 11.2h10.4l2.2-7.9H6"/><circle cx="9" cy="19.5" r="1.3"/><circle cx="16.6" cy="19.5" r="1.3"/>""",
        ["check"] = """<path d="m5 12.5 4.5 4.5L19 7.5"/>""",
        ["chevron-down"] = """<path d="m6 9.5 6 6 6-6"/>""",
        ["chevron-right"] = """<path d="m9.5 6 6 6-6 6"/>""",
        ["clock"] = """<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>""",
        ["close"] = """<path d="m6 6 12 12M18 6 6 18"/>""",
        ["cloud-off"] = """<path d="M8.6 6.6A6 6 0 0 1 17.5 11a4 4 0 0 1 2.9 6.4M17 18.5H7a4.5 4.5 0 0 1-.9-8.9M3.5 3.5l17 17"/>""",
        ["disc"] = """<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="2.5"/>""",
        ["download"] = """<path d="M12 4v11m-4.5-4.3L12 15.2l4.5-4.5M4.5 20h15"/>""",
        ["edit"] = """<path d="m4 20 1-4.5L16 4.5l3.5 3.5-11 11L4 20Z"/><path d="m13.5 7 3.5 3.5"/>""",
        ["eye"] = """<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.7"/>""",
        ["filter"] = """<path d="M3.5 6.5h17M6.5 12h11M10 17.5h4"/>""",
        ["gamepad"] = """<path d="M7.5 7h9a5 5 0 0 1 4.9 4.1l.7 4a2.6 2.6 0 0 1-4.6 2L15.6 15H8.4l-1.9 2.1a2.6 2.6 0 0 1-4.6-2l.7-4A5 5 0 0 1 7.5 7Z"/><path d="M8 9.5v3M6.5 11h3M15.5 11v.1M17.7 11v.1"/>""",
        ["gift"] = """<rect x="3.5" y="8.5" width="17" height="4"/><path d="M5 12.5V20h14v-7.5M12 8.5V20M12 8.5S10.5 4 8 4a2 2 0 0 0-2 2.2c0 2.3 6 2.3 6 2.3Zm0 0S13.5 4 16 4a2 2 0 0 1 2 2.2c0 2.3-6 2.3-6 2.3Z"/>""",
        ["globe"] = """<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.6 2.4 3.8 5.2 3.8 8.5s-1.2 6.1-3.8 8.5c-2.6-2.4-3.8-5.2-3.8-8.5s1.2-6.1 3.8-8.5Z"/>""",
        ["heart"] = """<path d="M12 20S3.5 15 3.5 9a4.6 4.6 0 0 1 8.5-2.4A4.6 4.6 0 0 1 20.5 9c0 6-8.5 11-8.5 11Z"/>""",
        ["home"] = """<path d="m3.5 11.5 8.5-7.5 8.5 7.5"/><path d="M5.5 10v10h13V10M10 20v-5.5h4V20"/>""",
        ["info"] = """<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.2M12 7.8v.1"/>""",
        ["key"] = """<circle cx="8" cy="15.5" r="4.5"/><path d="m11.2 12.3 8.3-8.3M16 7.5l3 3"/>""",
        ["library"] = """<rect x="3.5" y="4" width="4" height="16" rx="1"/><rect x="7.5" y="4" width="4" height="16" rx="1"/><path d="m13.6 5.2 3.6-1 4.1 15-3.7 1-4-15Z"/>""",
        ["lock"] = """<rect x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>""",
        ["menu"] = """<path d="M4 7h16M4 12h16M4 17h16"/>""",
        ["minus"] = """<path d="M5.5 12h13"/>""",
        ["moon"] = """<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/>""",
        ["pin"] = """<path d="M12 21s-7-5.8-7-11.2a7 7 0 0 1 14 0C19 15.2 12 21 12 21Z"/><circle cx="12" cy="9.8" r="2.5"/>""",
        ["plus"] = """<path d="M12 5.5v13M5.5 12h13"/>""",
        ["pulse"] = """<path d="M2.5 12.5h4l3-7 5 13 3-6h4"/>""",
        ["receipt"] = """<path d="M5.5 3.5h13v17l-2.2-1.5-2.1 1.5L12 19l-2.2 1.5L7.7 19l-2.2 1.5v-17Z"/><path d="M9 8.5h6M9 12.5h6"/>""",
        ["search"] = """<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 5 5"/>""",
        ["shield"] = """<path d="M12 3.5 4.5 6v5.5c0 4.5 3 7.6 7.5 9 4.5-1.4 7.5-4.5 7.5-9V6L12 3.5Z"/><path d="m8.8 11.8 2.3 2.3 4.2-4.3"/>""",
        ["sign-out"] = """<path d="M14 4H5.5v16H14M10 12h10.5m-4-4 4 4-4 4"/>""",
        ["sun"] = """<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>""",
        ["tag"] = """<path d="M4 4.5h7.5l8.5 8.5-7 7L4.5 12 4 4.5Z"/><path d="M8.3 8.5v.1"/>""",
        ["trash"] = """<path d="M4.5 6.5h15M9 6.5v-2h6v2M6.5 6.5 7.5 20h9l1-13.5M10.3 10.5v5.5M13.7 10.5v5.5"/>""",
        ["truck"] = """<path d="M2.5 6h11v10.5h-11zM13.5 9.5h4l4 4v3h-8"/><circle cx="7" cy="17.5" r="1.8"/><circle cx="17" cy="17.5" r="1.8"/>""",
        ["undo"] = """<path d="M8.5 5 4.5 9l4 4M4.5 9H14a5 5 0 0 1 0 10h-3"/>""",
        ["user"] = """<circle cx="12" cy="8.2" r="4"/><path d="M4.5 20c.8-3.8 3.6-5.8 7.5-5.8s6.7 2 7.5 5.8"/>""",
        ["users"] = """<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.6-3.3 3-5.1 6.5-5.1s5.9 1.8 6.5 5.1M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.2.6 3.6 2.2 4 4.7"/>""",
        ["wallet"] = """<path d="M18 7.5V5H5.5a2 2 0 0 0 0 4H20v10.5H5.5a2 2 0 0 1-2-2V7"/><path d="M16.3 14.2v.1"/>""",
    };
}
