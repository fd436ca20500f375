using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Orders.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OffersAndOwnership : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LinePosition",
                table: "GiftCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OrderId",
                table: "GiftCodes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SealedCode",
                table: "GiftCodes",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "VoidedAt",
                table: "GiftCodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Offers",
                columns: table => new
                {
                    Sku = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ProductId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Digital = table.Column<bool>(type: "INTEGER", nullable: false),
                    Sold = table.Column<bool>(type: "INTEGER", nullable: false),
                    Currencies = table.Column<string>(type: "TEXT", nullable: false),
                    CategoryIds = table.Column<string>(type: "TEXT", nullable: false),
                    AsOf = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Offers", x => x.Sku);
                });

            migrationBuilder.CreateTable(
                name: "Ownerships",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sku = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ownerships", x => new { x.UserId, x.Sku });
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "Ownerships" ("UserId", "Sku", "OrderId")
                SELECT "UserId", "Sku", MIN("OrderId") FROM "LibraryItems" WHERE "Kind" IN ('game', 'addon', 'bundle') GROUP BY "UserId", "Sku"
                """);

            migrationBuilder.CreateIndex(
                name: "IX_GiftCodes_OrderId",
                table: "GiftCodes",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_Ownerships_OrderId",
                table: "Ownerships",
                column: "OrderId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Offers");

            migrationBuilder.DropTable(
                name: "Ownerships");

            migrationBuilder.DropIndex(
                name: "IX_GiftCodes_OrderId",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "LinePosition",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "OrderId",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "SealedCode",
                table: "GiftCodes");

            migrationBuilder.DropColumn(
                name: "VoidedAt",
                table: "GiftCodes");
        }
    }
}
