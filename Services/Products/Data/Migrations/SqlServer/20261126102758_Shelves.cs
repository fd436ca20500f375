using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Shelves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Variants_Demo",
                table: "Variants",
                column: "Demo");

            migrationBuilder.CreateIndex(
                name: "IX_Purchases_ProductId_OrderId",
                table: "Purchases",
                columns: new[] { "ProductId", "OrderId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Variants_Demo",
                table: "Variants");

            migrationBuilder.DropIndex(
                name: "IX_Purchases_ProductId_OrderId",
                table: "Purchases");
        }
    }
}
