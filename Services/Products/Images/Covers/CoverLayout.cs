namespace PlayStationStore.Products;

/// <summary>Where on a cover the title stands.</summary>
public enum CoverLayout
{
    /// <summary>At the foot, on a scrim, from the left margin.</summary>
    Floor,

    /// <summary>At the foot, on a scrim, centred.</summary>
    Centre,

    /// <summary>At the head, on a scrim; the drawing moves down to make room.</summary>
    Crown,

    /// <summary>On a solid plate at the foot.</summary>
    Plate,
}
