using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PaymentParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Token",
                table: "Payments");

            migrationBuilder.AddColumn<string>(
                name: "Card",
                table: "Payments",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedToken",
                table: "Payments",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WalletAmount",
                table: "Payments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            // Until now one way paid the whole, and an approval of the test card was a capture.
            migrationBuilder.Sql("UPDATE Payments SET WalletAmount = Amount WHERE Method = 'Wallet'");
            migrationBuilder.Sql("UPDATE Payments SET Card = 'Test card' WHERE Method = 'Card'");
            migrationBuilder.Sql("UPDATE TestCardCharges SET Status = 'Captured' WHERE Status = 'Approved'");

            migrationBuilder.CreateTable(
                name: "SavedCards",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    SealedToken = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Brand = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Last4 = table.Column<string>(type: "TEXT", maxLength: 4, nullable: false),
                    ExpiryMonth = table.Column<int>(type: "INTEGER", nullable: false),
                    ExpiryYear = table.Column<int>(type: "INTEGER", nullable: false),
                    SavedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedCards", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StripeCustomers",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StripeCustomers", x => x.UserId);
                });

            migrationBuilder.CreateTable(
                name: "StripePayments",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IntentId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StripePayments", x => x.OrderId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SavedCards_UserId_Fingerprint",
                table: "SavedCards",
                columns: new[] { "UserId", "Fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedCards_UserId_Slot",
                table: "SavedCards",
                columns: new[] { "UserId", "Slot" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StripePayments_IntentId",
                table: "StripePayments",
                column: "IntentId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SavedCards");

            migrationBuilder.DropTable(
                name: "StripeCustomers");

            migrationBuilder.DropTable(
                name: "StripePayments");

            migrationBuilder.DropColumn(
                name: "Card",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "SealedToken",
                table: "Payments");

            migrationBuilder.DropColumn(
                name: "WalletAmount",
                table: "Payments");

            migrationBuilder.AddColumn<string>(
                name: "Token",
                table: "Payments",
                type: "TEXT",
                maxLength: 100,
                nullable: true);
        }
    }
}
